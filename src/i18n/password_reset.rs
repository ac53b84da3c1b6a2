texts! {
    /// The page that a one-time link opens.
    PasswordReset {
        title: "Choose a new password", "새 비밀번호 정하기";
        lead: "Sign in with it afterwards. Every session that is open ends, and API tokens are deleted.", "정한 뒤에는 이 비밀번호로 로그인해 주세요. 열려 있는 세션은 모두 종료되고 API 토큰은 삭제됩니다.";
        submit: "Set password", "비밀번호 정하기";
        ask_title: "Forgot your password?", "비밀번호를 잊으셨나요?";
        ask_lead: "We mail a link to the address of your account. It leads to a new password.", "계정의 이메일 주소로 링크를 보내 드립니다. 그 링크에서 새 비밀번호를 정할 수 있습니다.";
        ask_submit: "Send the link", "링크 보내기";
        code_title: "Look into your mail", "메일을 확인해 주세요";
        code_lead: "If there is such an account, its owner gets a mail within a few minutes. Open the link in it, or type its code here.", "해당 계정이 있다면 몇 분 안에 메일이 도착합니다. 메일의 링크를 열거나, 메일에 적힌 코드를 여기에 입력해 주세요.";
        code_hint: "Eight digits. They count in this browser, for 30 minutes.", "숫자 8자리입니다. 이 브라우저에서 30분 동안 쓸 수 있습니다.";
        code_submit: "Continue", "계속";
        again: "Nothing arrived?", "메일이 오지 않았나요?";
        again_link: "Ask again", "다시 요청하기";
        recovery_title: "Get back into your account", "계정 되찾기";
        recovery_lead: "If staff have started the recovery of your account, the mail from us has a code. Type it here, and then choose a new password.", "관리자가 계정 복구를 시작했다면 받은 메일에 코드가 있습니다. 여기에 입력한 뒤 새 비밀번호를 정해 주세요.";
        recovery_hint: "Eight digits, good for 30 minutes.", "숫자 8자리이며 30분 동안 쓸 수 있습니다.";
        over: "This link does not work any more", "더 이상 쓸 수 없는 링크입니다";
        over_lead: "A link works once, and for a limited time. Please ask for a new one.", "링크는 한 번, 정해진 시간 동안만 쓸 수 있습니다. 새 링크를 요청해 주세요.";
    }
}
