texts! {
    /// The page that sends a form again after sign-in.
    Unsent {
        title: "Send what you typed?", "입력한 내용을 보낼까요?";
        lead: "You were signed out before it arrived, so nothing was saved yet.", "도착하기 전에 로그아웃되어 아직 저장하지 않았어요.";
        submit: "Send", "보내기";
    }
}
