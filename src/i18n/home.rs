texts! {
    /// The home page.
    Home {
        title: "Welcome", "환영합니다";
        lead: "One sign-in for everything behind this gate.", "이 문 안의 모든 것을 위한 한 번의 로그인.";
        body: "Sign in once and use every app that is kept here. See where you are signed in, and end any session with one click: it ends everywhere, at once.", "한 번 로그인하면 이곳에 있는 모든 앱을 쓸 수 있습니다. 어디에서 로그인했는지 보고, 클릭 한 번으로 세션을 끝내세요. 모든 곳에서 바로 끝납니다.";
        login: "Sign in", "로그인";
        register: "Create an account", "계정 만들기";
    }
}
