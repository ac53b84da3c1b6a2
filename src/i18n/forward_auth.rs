texts! {
    /// The page that stands in place of an app's.
    ForwardAuth {
        title: "This is not for you", "이용 권한이 없습니다";
        help: "If you need it, ask the operator of this site to let you in.", "이용하려면 이 사이트의 운영자에게 권한을 요청해 주세요.";
        anonymous: "Nothing is open at this address.", "이 주소에서 이용할 수 있는 페이지가 없습니다.";
        unclear: "This address can be read in more than one way", "여러 가지로 읽힐 수 있는 주소입니다";
        unclear_sentence: "Part of it is written in an unusual way, and one of the pages it could mean is not for you.", "주소의 일부가 특이하게 적혀 있고, 이 주소가 뜻할 수 있는 페이지 중에 이용 권한이 없는 것이 있습니다.";
        unclear_help: "Open the page through a link in the app. If that leads here too, tell the operator of this site.", "앱에 있는 링크로 페이지를 열어 주세요. 그래도 이 화면이 나오면 이 사이트의 운영자에게 알려 주세요.";
        dashboard: "Go to your apps", "내 앱으로 가기";
        home: "Go to the home page", "홈으로 가기";
        trouble: "Please try again in a moment, or start from the home page.", "잠시 뒤에 다시 시도하거나 홈에서 시작해 주세요.";
    }
}
