texts! {
    /// The page that a one-time link opens.
    PasswordReset {
        title: "Choose a new password", "새 비밀번호 정하기";
        lead: "You're signed out everywhere, and your API tokens stop working.", "모든 기기에서 로그아웃되고 API 토큰은 더 이상 쓸 수 없어요.";
        submit: "Set password", "비밀번호 저장";
        ask_title: "Forgot your password?", "비밀번호를 잊었나요?";
        ask_lead: "Your account's address gets a link to choose a new one.", "계정의 이메일 주소로 새 비밀번호를 정하는 링크를 보내요.";
        ask_submit: "Send the link", "링크 보내기";
        no_server: "This site can't send mail. Your request reaches the people who run it; ask them for the link.", "이 사이트는 메일을 보낼 수 없어요. 요청은 운영자에게 전달되니 운영자에게 링크를 받아 주세요.";
        code_title: "Check your mail", "메일을 확인해 주세요";
        code_lead: "If there is such an account, a mail arrives at its address within a few minutes. Open its link, or type its code here.", "해당 계정이 있다면 몇 분 안에 등록된 이메일로 메일이 도착해요. 링크를 열거나 메일에 있는 코드를 입력해 주세요.";
        no_server_code: "If there is such an account, the people who run this site have the link and its code. Ask them.", "해당 계정이 있다면 운영자가 링크와 코드를 가지고 있어요. 운영자에게 문의해 주세요.";
        code_hint: "8 digits. They work in this browser for 30 minutes.", "숫자 8자리이고 이 브라우저에서 30분 동안 쓸 수 있어요.";
        code_submit: "Continue", "계속";
        again: "Nothing arrived?", "메일이 오지 않았나요?";
        again_link: "Send it again", "다시 보내기";
        new_link: "Get a new link", "새 링크 받기";
        recovery_title: "Get back into your account", "계정 되찾기";
        recovery_lead: "Type the code from the mail about your account's recovery. Then choose a new password.", "계정 복구 메일에 있는 코드를 입력하고 새 비밀번호를 정해 주세요.";
        recovery_hint: "8 digits. They work for 30 minutes.", "숫자 8자리이고 30분 동안 쓸 수 있어요.";
        to_sign_in: "Back to sign-in", "로그인으로 돌아가기";
        over: "This link no longer works", "더 이상 쓸 수 없는 링크예요";
        over_lead: "A link works once, for a limited time. Ask for a new one.", "링크는 정해진 시간 동안 한 번만 쓸 수 있어요. 새 링크를 요청해 주세요.";
    }
}
