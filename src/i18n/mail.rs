//! What mails say.

texts! {
    Mail {
        hello: "Hello,", "안녕하세요.";
        code: "Or type this code on the page where you asked:", "또는 요청한 화면에 이 코드를 입력해 주세요.";
        once: "The link and the code work once, within 30 minutes.", "링크와 코드는 30분 안에 한 번만 쓸 수 있습니다.";
        ignore: "If it was not you, you need not do anything.", "직접 요청하지 않았다면 아무것도 하지 않아도 됩니다.";
        signature: "Munjigi", "문지기";
        reset_subject: "Choose a new password", "새 비밀번호 정하기";
        reset: "A new password was asked for on your account. Open the link to choose one.", "회원님의 계정에 새 비밀번호 요청이 있었습니다. 아래 링크를 열어 새 비밀번호를 정해 주세요.";
        reset_button: "Choose a password", "비밀번호 정하기";
        recovery_subject: "Get back into your account", "계정 되찾기";
        recovery: "A member of staff has started the recovery of your account. Open the link and choose a new password to complete it.", "관리자가 회원님의 계정 복구를 시작했습니다. 아래 링크를 열어 새 비밀번호를 정하면 복구가 끝납니다.";
        recovery_ignore: "If you did not ask them to, do not open it, and tell them.", "요청한 적이 없다면 링크를 열지 말고 관리자에게 알려 주세요.";
        new_password: "A member of staff requires a new password for your account. The old one no longer works. Open the link to choose a new one.", "관리자가 회원님의 계정에 새 비밀번호를 요구했습니다. 지금까지의 비밀번호는 더 이상 쓸 수 없습니다. 아래 링크를 열어 새 비밀번호를 정해 주세요.";
        once_in_a_day: "The link and the code work once, within 24 hours.", "링크와 코드는 24시간 안에 한 번만 쓸 수 있습니다.";
        sign_in_subject: "Your sign-in link", "로그인 링크";
        sign_in: "Open the link to sign in.", "아래 링크를 열면 로그인할 수 있습니다.";
        sign_in_button: "Sign in", "로그인";
        register_subject: "Confirm your address", "이메일 주소 확인";
        register: "Somebody is making an account with this address. If it is you, confirm that the address is yours.", "이 주소로 계정을 만들려는 요청이 있었습니다. 직접 요청했다면 본인의 주소인지 확인해 주세요.";
        verify: "Please confirm that this address is yours.", "이 주소가 본인의 주소인지 확인해 주세요.";
        verify_button: "Confirm the address", "주소 확인";
        change: "This address is to become the one of an account. Please confirm that it is yours.", "이 주소를 계정의 새 이메일 주소로 쓰려는 요청이 있었습니다. 본인의 주소인지 확인해 주세요.";
        taken_subject: "You have an account already", "이미 계정이 있습니다";
        taken: "Somebody tried to use this address for an account, but it belongs to yours already. If it was you: sign in, or choose a new password if you have forgotten yours.", "이 주소로 계정을 쓰려는 시도가 있었지만, 이미 회원님의 계정에 등록된 주소입니다. 직접 하셨다면 로그인하시거나, 비밀번호를 잊으셨다면 새로 정해 주세요.";
        taken_button: "Sign in", "로그인";
        moving_subject: "A new address was asked for", "이메일 주소 변경 요청";
        moving: "Your account's address is about to change; the new one only has to be confirmed.", "회원님 계정의 이메일 주소 변경이 요청되었습니다. 새 주소가 확인되면 바뀝니다.";
        moved_subject: "Your address was changed", "이메일 주소가 바뀌었습니다";
        moved: "Your account has another address now. Nothing more is sent to this one.", "회원님 계정의 이메일 주소가 바뀌었습니다. 이 주소로는 더 이상 메일을 보내지 않습니다.";
        password_subject: "Your password was changed", "비밀번호가 바뀌었습니다";
        password: "Your account has a new password. Every other session was ended.", "회원님 계정의 비밀번호가 바뀌었습니다. 다른 세션은 모두 종료되었습니다.";
        device_subject: "Sign-in from a new device", "새 기기에서 로그인";
        device: "Somebody has signed in to your account from a browser that it was not used in before.", "회원님 계정에 처음 보는 브라우저에서 로그인이 있었습니다.";
        factors_subject: "Your second step was changed", "2단계 인증이 바뀌었습니다";
        factors: "What is asked for after your password was changed.", "비밀번호 다음 단계의 인증 수단이 바뀌었습니다.";
        linked_subject: "An account elsewhere was linked", "다른 서비스 계정을 연결했어요";
        linked: "It now signs in to your account here.", "이제 그 계정으로도 여기에 로그인할 수 있어요.";
        unlinked_subject: "An account elsewhere was unlinked", "다른 서비스 계정의 연결을 끊었어요";
        unlinked: "It no longer signs in to your account here.", "이제 그 계정으로는 여기에 로그인할 수 없어요.";
        token_subject: "A program got an API token", "프로그램이 API 토큰을 받았습니다";
        token: "A program has signed in to your account with your password and got an API token. With it, the program can act for you on the API until the token expires or you delete it on the page API tokens.", "프로그램이 회원님의 비밀번호로 로그인해 API 토큰을 받았습니다. 프로그램은 토큰이 만료되거나 회원님이 API 토큰 화면에서 삭제할 때까지 API에서 회원님을 대신할 수 있습니다.";
        notices_withheld: "There were several such events within an hour. Mails about further ones are withheld for an hour; the page Security lists them all.", "한 시간 안에 같은 일이 여러 번 있었습니다. 앞으로 한 시간 동안은 이에 대한 메일을 더 보내지 않습니다. 모든 기록은 보안 화면에서 볼 수 있습니다.";
        not_you: "If it was not you: choose a new password at once, which ends every session.", "직접 하지 않았다면 바로 새 비밀번호를 정해 주세요. 모든 세션이 종료됩니다.";
        not_you_button: "Choose a password", "비밀번호 정하기";
        test_subject: "A test", "시험 메일";
        test: "This mail shows that mail arrives.", "메일이 잘 도착하는지 확인하는 메일입니다.";
    }
}
