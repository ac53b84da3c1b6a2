texts! {
    /// The home page.
    Home {
        title: "Welcome", "환영합니다";
        lead: "One sign-in for everything behind this gate.", "한 번 로그인하면 문 안의 모든 앱이 열립니다.";
        body: "Sign in once and use every app that is kept here. See where you are signed in, and end any session with one click: it ends everywhere, at once.", "이곳에 있는 모든 앱을 쓸 수 있습니다. 로그인한 곳을 확인하고 원하는 세션을 바로 종료하세요. 모든 곳에서 즉시 로그아웃됩니다.";
        login: "Sign in", "로그인";
        register: "Create an account", "계정 만들기";
        board: "Read the board", "게시판 보기";
    }
}
