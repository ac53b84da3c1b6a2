//! API tokens: their page, what they may do, and what programs are told that get one.

texts! {
    Tokens {
        title: "API tokens", "API 토큰";
        lead: "Let a script or server act for you, within limits you choose.", "정해 둔 범위에서 스크립트나 서버가 나를 대신해 일할 수 있어요.";
        ends: "It stops working when you delete it or change your password.", "삭제하거나 비밀번호를 바꾸면 쓸 수 없어요.";
        empty: "No tokens yet", "아직 토큰이 없어요";
        by_password: "From a program that had your password", "비밀번호로 받은 토큰";
        expires: "Expires", "만료";
        never: "Never expires", "만료 없음";
        expired: "Expired", "만료됨";
        used: "last used", "마지막 사용:";
        unused: "not used yet", "사용한 적 없음";
        created: "created", "생성:";
        delete: "Delete", "삭제";
        new_title: "New token", "새 토큰";
        name_hint: "What it's for, such as Backup script.", "어디에 쓰는지 알 수 있는 이름. 예: 백업 스크립트";
        scopes_hint: "Choose only what the program needs.", "프로그램에 필요한 것만 골라 주세요.";
        days_30: "In 30 days", "30일 뒤";
        days_90: "In 90 days", "90일 뒤";
        days_365: "In a year", "1년 뒤";
        submit: "Create token", "토큰 만들기";
        made_lead: "Copy the token now. It isn't shown again, and anyone who has it can use it.", "지금 토큰을 복사해 주세요. 다시 보여 주지 않고, 가진 사람은 누구나 쓸 수 있어요.";
        token: "Token", "토큰";
        try_it: "Try it in a terminal", "터미널에서 써 보기";
        done: "I've copied it", "복사했어요";
        profile_read: "Read your profile", "프로필 읽기";
        profile_write: "Change your profile", "프로필 바꾸기";
        sessions_read: "List your sessions", "로그인 기기 목록 보기";
        sessions_write: "Sign you out", "로그아웃하기";
        posts_read: "Read the board", "게시판 읽기";
        posts_write: "Write on the board", "게시판에 글쓰기";
        security_read: "List your API tokens", "API 토큰 목록 보기";
        security_write: "Change your password and make API tokens", "비밀번호를 바꾸고 API 토큰 만들기";
        empty_name: "Enter a name.", "이름을 입력해 주세요.";
        no_scopes: "Choose at least one.", "하나 이상 골라 주세요.";
        beyond_granted: "This goes beyond what your own token may do.", "지금 쓰는 토큰의 권한을 넘는 항목이 있어요.";
        past_expiry: "This is in the past.", "이미 지난 시각이에요.";
        late_expiry: "Choose a time within ten years.", "10년 이내로 정해 주세요.";
        odd_expiry: "Give a time such as 2030-01-31T09:00:00Z.", "2030-01-31T09:00:00Z 같은 시각을 입력해 주세요.";
        too_many: "You have 50 tokens, the most one may have. Delete one first.", "토큰은 50개까지 만들 수 있어요. 먼저 하나를 삭제해 주세요.";
        some_program: "A program", "프로그램";
        required: "This field is required.", "필수 항목이에요.";
        null: "This field may not be null.", "null일 수 없어요.";
        blank: "This field may not be blank.", "비워 둘 수 없어요.";
        no_text: "Not a valid string.", "올바른 문자열이 아니에요.";
        wrong: "Unable to log in with provided credentials.", "입력한 정보로는 로그인할 수 없어요.";
        empty_lead: "Create one for a script or server that acts for you.", "나를 대신해 일할 스크립트나 서버에 쓸 토큰을 만들어 보세요.";
        yours: "Your tokens", "내 토큰";
    }
}
