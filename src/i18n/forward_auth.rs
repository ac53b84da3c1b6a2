texts! {
    /// The page that stands in place of an app's.
    ForwardAuth {
        title: "This is not for you", "이용 권한이 없습니다";
        help: "If you need it, ask the operator of this site to let you in.", "이용하려면 이 사이트의 운영자에게 권한을 요청해 주세요.";
        anonymous: "Nothing is open at this address.", "이 주소에서 이용할 수 있는 페이지가 없습니다.";
        dashboard: "Go to your apps", "내 앱으로 가기";
        home: "Go to the home page", "홈으로 가기";
        trouble: "Please try again in a moment, or start from the home page.", "잠시 뒤에 다시 시도하거나 홈에서 시작해 주세요.";
    }
}
