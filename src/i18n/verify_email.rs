texts! {
    /// The pages that confirm an address.
    VerifyEmail {
        code_title: "Confirm your email", "이메일 확인";
        code_lead: "Open the link in the mail you asked for, or type its code here.", "요청한 메일의 링크를 열거나 메일에 있는 코드를 입력해 주세요.";
        member_lead_before: "Open the link in the mail to", "";
        member_lead_after: ", or type its code here.", " 주소로 온 메일의 링크를 열거나 메일에 있는 코드를 입력해 주세요.";
        confirmed_lead: "Your email is confirmed. If you asked to change it, open the link in the mail to the new address, or type its code here.", "이메일을 이미 확인했어요. 주소를 바꾸는 중이라면 새 주소로 온 메일의 링크를 열거나 메일에 있는 코드를 입력해 주세요.";
        nothing_asked: "No mail was asked for in this browser. Sign in, and you can ask for one.", "이 브라우저에서 요청한 메일이 없어요. 로그인하면 요청할 수 있어요.";
        code_hint: "8 digits. They work in this browser for 30 minutes.", "숫자 8자리이고 이 브라우저에서 30분 동안 쓸 수 있어요.";
        again: "Send a new mail", "메일 새로 보내기";
        start_again: "Start again", "처음부터 다시 하기";
        to_profile: "Back to your profile", "프로필로 돌아가기";
        confirm_title: "Confirm this email?", "이 이메일을 확인할까요?";
        confirm_lead: "Confirm only if this address is yours.", "내 주소가 맞을 때만 확인해 주세요.";
        account_lead: "This creates the account. If you didn't ask for one, close this page.", "확인하면 계정이 만들어져요. 요청한 적이 없다면 이 페이지를 닫아 주세요.";
        confirm_submit: "Confirm", "확인";
        confirm_link: "Confirm it", "확인하기";
        unconfirmed: "Not confirmed", "미확인";
        over: "This link no longer works", "더 이상 쓸 수 없는 링크예요";
        over_lead: "A link works once, for 30 minutes; or the username was taken in the meantime. Start again.", "링크는 30분 동안 한 번만 쓸 수 있어요. 그사이에 다른 사람이 같은 아이디를 만들었을 수도 있어요. 처음부터 다시 해 주세요.";
    }
}
