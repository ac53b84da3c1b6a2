//! Labels of fields and what can be wrong with them, the same on every form.

texts! {
    Field {
        username: "Username", "사용자 이름";
        username_hint: "Letters and digits of any script; dots, dashes and underscores between them.", "모든 언어의 글자와 숫자, 그 사이에 점·붙임표·밑줄을 쓸 수 있습니다.";
        email: "Email", "이메일";
        password: "Password", "비밀번호";
        new_password: "New password", "새 비밀번호";
        current_password: "Current password", "현재 비밀번호";
        password_hint: "8 to 128 characters. A few unrelated words work well.", "8~128자. 서로 관련 없는 낱말 몇 개를 이으면 좋습니다.";
        display_name: "Display name", "표시 이름";
        display_name_hint: "How we greet you. Empty means your username.", "인사할 때 부르는 이름입니다. 비우면 사용자 이름을 씁니다.";
        language: "Language", "언어";
        follow_browser: "As the browser asks", "브라우저 설정에 따름";
        theme: "Theme", "테마";
        theme_auto: "As the system asks", "시스템 설정에 따름";
        theme_light: "Light", "밝게";
        theme_dark: "Dark", "어둡게";
        empty_username: "Enter a username.", "사용자 이름을 입력해 주세요.";
        long_username: "Use at most 32 characters.", "32자 이하로 입력해 주세요.";
        odd_username: "Use letters and digits, with dots, dashes or underscores between them.", "글자와 숫자를 쓰고, 점·붙임표·밑줄은 그 사이에만 써 주세요.";
        taken_username: "This username is taken, or looks too much like one that is.", "이미 쓰고 있거나 너무 비슷한 사용자 이름입니다.";
        empty_email: "Enter your email address.", "이메일 주소를 입력해 주세요.";
        long_email: "An address has at most 254 characters.", "이메일 주소는 254자를 넘을 수 없습니다.";
        bad_email: "Enter an address such as name@example.org.", "name@example.org 같은 주소를 입력해 주세요.";
        odd_email: "The address holds characters that no address has.", "이메일 주소에 쓸 수 없는 문자가 있습니다.";
        look_alike_email: "Some letters only look like Latin ones. Type the address in Latin letters.", "라틴 문자와 닮은 다른 글자가 있습니다. 라틴 문자로 입력해 주세요.";
        taken_email: "There is an account with this address already.", "이 주소로 만든 계정이 이미 있습니다.";
        long_display_name: "Use at most 60 characters.", "60자 이하로 입력해 주세요.";
        odd_display_name: "Use letters, marks and spaces on one line.", "한 줄로, 보이는 글자만 써 주세요.";
        empty_password: "Enter a password.", "비밀번호를 입력해 주세요.";
        short_password: "Use at least 8 characters.", "8자 이상으로 정해 주세요.";
        long_password: "Use at most 128 characters.", "128자 이하로 정해 주세요.";
        common_password: "This one is easy to guess. Add an unrelated word or two.", "추측하기 쉬운 비밀번호입니다. 관련 없는 낱말을 한두 개 더해 보세요.";
        personal_password: "This one is built on your name, your address or ours. Choose something unrelated.", "이름, 이메일, 사이트 이름으로 만든 비밀번호입니다. 관련 없는 것으로 정해 주세요.";
        wrong_password: "This is not your current password.", "현재 비밀번호가 아닙니다.";
        bad_choice: "Choose one of the offered options.", "주어진 항목 중에서 골라 주세요.";
    }
}
