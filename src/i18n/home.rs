texts! {
    /// The home page.
    Home {
        title: "Welcome", "시작";
        description: "Sign in once and open every app of this site.", "한 번 로그인하면 이 사이트의 모든 앱을 열 수 있어요.";
        lead: "One sign-in for every app", "로그인 한 번으로 모든 앱을";
        body: "Sign in to open the apps of this site.", "로그인하면 이 사이트의 앱을 열 수 있어요.";
        login: "Sign in", "로그인";
        register: "Create an account", "계정 만들기";
        board: "Read the board", "게시판 보기";
    }
}
