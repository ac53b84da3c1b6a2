texts! {
    /// The pages that confirm an address.
    VerifyEmail {
        code_title: "Look into your mail", "메일을 확인해 주세요";
        code_lead: "We have sent a link to the address. Open it, or type the code of the mail here.", "이메일 주소로 링크를 보냈습니다. 링크를 열거나, 메일에 적힌 코드를 여기에 입력해 주세요.";
        code_hint: "Eight digits. They count in this browser, for 30 minutes.", "숫자 8자리입니다. 이 브라우저에서 30분 동안 쓸 수 있습니다.";
        again_lead: "Not confirmed yet:", "아직 확인되지 않은 주소:";
        again: "Send another mail", "메일 다시 보내기";
        confirm_title: "Confirm the address", "주소 확인";
        confirm_lead: "Is this your address? Then confirm it.", "본인의 주소가 맞다면 확인해 주세요.";
        account_lead: "This makes the account. If you did not ask for one, close this page.", "확인하면 계정이 만들어집니다. 요청한 적이 없다면 이 화면을 닫아 주세요.";
        confirm_submit: "Confirm", "확인";
        confirm_link: "Confirm it", "확인하기";
        unconfirmed: "This address is not confirmed yet.", "아직 확인되지 않은 주소입니다.";
        over: "This link does not work any more", "더 이상 쓸 수 없는 링크입니다";
        over_lead: "A link works once, and for 30 minutes; or the name was taken meanwhile. Please begin again.", "링크는 30분 동안 한 번만 쓸 수 있습니다. 그 사이에 다른 사람이 같은 이름을 썼을 수도 있습니다. 처음부터 다시 해 주세요.";
    }
}
