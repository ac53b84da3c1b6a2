texts! {
    /// The page after sign-in.
    Dashboard {
        title: "Apps", "앱";
        unconfirmed: "Your email isn't confirmed yet.", "아직 이메일을 확인하지 않았어요.";
        posts: "From the board", "게시판 새 글";
        no_posts: "Nothing posted yet.", "아직 올라온 글이 없어요.";
        see_board: "See all", "모두 보기";
        device: "Device", "기기";
    }
}
