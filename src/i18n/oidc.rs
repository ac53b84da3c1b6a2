//! The pages on the way to an app that signs people in here, and the list of connected apps.

texts! {
    Oidc {
        as_user: "as", "계정:";
        not_you: "Not you?", "다른 계정인가요?";
        sees_profile: "Your name and username", "이름과 아이디";
        sees_email: "Your email address,", "이메일 주소:";
        sees_groups: "Your groups:", "그룹:";
        sees_no_groups: "Your groups (you are in none now)", "그룹 (지금은 속한 그룹이 없어요)";
        sees_identity: "That it is you, each time you come back", "다시 방문할 때 같은 사람이라는 것";
        stays: "That you stay signed in while you’re away, until you disconnect it", "자리를 비운 동안에도 로그인 유지 (연결을 끊을 때까지)";
        own_scope: "Use of", "사용 범위:";
        resource: "Access on your behalf to", "내 권한으로 접근할 곳:";
        no_password: "It never sees your password, and it can’t change your account.", "비밀번호는 볼 수 없고 계정도 바꿀 수 없어요.";
        goes_to: "You’ll go to", "이동할 곳:";
        allow: "Allow and continue", "허용하고 계속";
        deny: "Cancel", "취소";
        later: "You can disconnect it at any time in", "언제든지 연결을 끊을 수 있는 곳:";
        connected_apps: "Connected apps", "연결된 앱";
        select_lead: "You’re signed in on this device.", "이 기기에 로그인되어 있어요.";
        proceed: "Continue", "계속";
        another: "Use another account", "다른 계정으로 로그인";
        going: "If nothing happens, choose the button.", "화면이 바뀌지 않으면 버튼을 눌러 주세요.";
        not_your_app_help: "If you need it, ask the people who run this site to let you in.", "필요하다면 이 사이트의 운영자에게 권한을 요청해 주세요.";
        problem_title: "This app isn’t set up right", "앱 설정이 맞지 않아요";
        unknown_app: "This site doesn’t know the app that sent you. Tell the people who run the app.", "이 사이트에 등록되지 않은 앱에서 왔어요. 앱의 운영자에게 알려 주세요.";
        unreadable: "The app sent a request that can’t be read. Tell the people who run the app.", "앱이 보낸 요청을 읽을 수 없어요. 앱의 운영자에게 알려 주세요.";
        logout_title: "Sign out?", "로그아웃할까요?";
        logout_lead: "You’ll be signed out here, and of the apps that you opened from here.", "이 사이트에서, 그리고 여기서 로그인한 앱에서 로그아웃해요.";
        logout: "Sign out", "로그아웃";
        stay: "Stay signed in", "로그인 유지";
        logout_problem_title: "You weren’t signed out", "로그아웃하지 못했어요";
        logout_hint: "The app sent a request that isn’t from this site. You can sign out here instead.", "앱이 이 사이트의 것이 아닌 요청을 보냈어요. 이 사이트에서 직접 로그아웃해 주세요.";
        logout_redirect_uri: "The app asked to send you to an address that isn’t its own. You can sign out here instead.", "앱이 등록되지 않은 주소로 보내려고 했어요. 이 사이트에서 직접 로그아웃해 주세요.";
        connected_lead: "These apps know who you are. Disconnecting one ends its access at once.", "내가 누구인지 아는 앱이에요. 연결을 끊으면 앱의 접근이 바로 끝나요.";
        none_connected: "No connected apps", "연결된 앱이 없어요";
        connected_since: "Since", "연결:";
        disconnect: "Disconnect", "연결 끊기";
        unregistered: "The people who run this site haven’t checked this app. It’s described at", "이 사이트의 운영자가 확인하지 않은 앱이에요. 앱을 소개하는 곳:";
        device_title: "Connect a device", "기기 연결";
        device_lead: "Type the code your TV, console or command line shows.", "TV, 게임기, 명령줄에 보이는 코드를 입력해 주세요.";
        device_hint: "8 letters, such as BCDF-GHJK.", "BCDF-GHJK와 같은 글자 8개예요.";
        device_warning: "Only use a code from a device in front of you. If someone sent you a code, stop: they would get into your account.", "눈앞에 있는 기기의 코드만 입력해 주세요. 다른 사람이 코드를 보냈다면 멈추세요. 그 사람이 내 계정에 들어오게 돼요.";
        device_asked_from: "Asked from", "요청한 곳:";
        device_allow: "Allow this device", "이 기기 허용";
        device_return: "You can go back to your device.", "기기로 돌아가세요.";
        device_ended: "The device gets nothing. If you didn’t ask for this, you can close this page.", "기기에는 아무것도 전달되지 않아요. 직접 요청한 것이 아니라면 이 화면을 닫아 주세요.";
        wrong_user_code: "No device is waiting with this code. Codes expire after 10 minutes; check it, or get a new one on the device.", "이 코드로 기다리는 기기가 없어요. 코드는 10분 뒤에 만료돼요. 코드를 확인하거나 기기에서 새 코드를 받아 주세요.";
        none_connected_lead: "An app shows up here once you let it sign you in.", "로그인을 허용한 앱이 여기에 보여요.";
        sees: "Sees", "볼 수 있는 것:";
    }
}
