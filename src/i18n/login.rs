use super::{Lang, Texts};

texts! {
    /// The sign-in page.
    Login {
        title: "Sign in", "로그인";
        remember: "Keep me signed in on this device", "이 기기에서 로그인 상태 유지";
        submit: "Sign in", "로그인";
        no_account: "No account yet?", "아직 계정이 없으신가요?";
        register: "Create one", "계정 만들기";
        empty_login: "Enter your username or email.", "사용자 이름이나 이메일을 입력해 주세요.";
        empty_password: "Enter your password.", "비밀번호를 입력해 주세요.";
        wrong: "The username, email or password is not right. Check them and try again.", "사용자 이름(이메일)이나 비밀번호가 맞지 않습니다. 다시 확인해 주세요.";
        disabled: "This account is disabled. Please ask the operator of this site.", "사용이 중지된 계정입니다. 이 사이트의 운영자에게 문의해 주세요.";
        unverified: "Confirm your email address first: sign in on the page, and we mail you how.", "먼저 이메일 주소를 확인해 주세요. 로그인 화면에서 로그인하시면 확인 메일을 보내 드립니다.";
        by_mail: "Sign in by mail instead", "메일로 로그인하기";
        forgot: "Forgot your password?", "비밀번호를 잊으셨나요?";
    }
}

impl Texts {
    pub fn too_many_failures(&self, seconds: u64) -> String {
        let wait = self.wait(seconds);
        match self.lang {
            Lang::En => format!("Too many failed attempts. Try again in {wait}."),
            Lang::Ko => format!("로그인에 여러 번 실패했습니다. {wait} 뒤에 다시 시도해 주세요."),
        }
    }
}
