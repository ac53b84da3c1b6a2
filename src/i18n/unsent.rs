texts! {
    /// The page that sends a form again after sign-in.
    Unsent {
        title: "Send what you typed?", "입력한 내용을 보낼까요?";
        lead: "Your session had ended before it arrived, so nothing was saved yet.", "보내기 전에 세션이 종료되어 아직 저장되지 않았습니다.";
        submit: "Send", "보내기";
    }
}
