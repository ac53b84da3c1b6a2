//! The board.

texts! {
    Board {
        title: "Board", "게시판";
        new: "New post", "글쓰기";
        sign_in_to_write: "Sign in to write", "로그인하고 글쓰기";
        search: "Search title and text", "제목과 내용에서 찾기";
        search_submit: "Search", "찾기";
        all: "Show all posts", "모든 글 보기";
        none: "Nobody has written anything yet.", "아직 올라온 글이 없습니다.";
        none_here: "Nothing found among these posts. There are older ones to look through.", "이 글들 중에는 없습니다. 더 오래된 글에서 찾아보세요.";
        too_many: "You have written a lot within the hour. Please wait a little; your text is still in the form.", "한 시간 동안 글을 많이 올렸습니다. 잠시 뒤에 다시 올려 주세요. 쓴 내용은 그대로 있습니다.";
        gone: "This post was deleted meanwhile. Your text is still in the form; saving it makes a new post.", "그 사이에 글이 삭제되었습니다. 쓴 내용은 그대로 있으며, 저장하면 새 글이 됩니다.";
        changed: "Someone has changed this post since you opened it. Look at it once more before you delete it.", "그 사이에 글이 수정되었습니다. 삭제하기 전에 한 번 더 확인해 주세요.";
        none_found: "No post has these words in it.", "찾는 말이 들어 있는 글이 없습니다.";
        none_older: "There are no older posts.", "더 오래된 글이 없습니다.";
        older: "Older posts", "이전 글";
        newest: "Newest posts", "최근 글";
        edited: "edited", "수정:";
        edit: "Edit", "수정";
        delete: "Delete", "삭제";
        back: "All posts", "글 목록";
        edit_title: "Edit post", "글 수정";
        title_hint: "At most 150 characters.", "150자까지 쓸 수 있습니다.";
        body_hint: "At most 10,000 characters. Web addresses become links.", "10,000자까지 쓸 수 있고, 웹 주소는 링크가 됩니다.";
        publish: "Publish", "올리기";
        save: "Save", "저장";
        conflict: "Someone else has changed this post since you opened it. Your text is still in the form, nothing of it is saved yet. If you save now, it replaces theirs.", "글을 여신 뒤에 다른 사람이 먼저 수정했습니다. 입력하신 내용은 그대로 있고 아직 저장되지 않았습니다. 지금 저장하면 다른 사람의 수정 내용을 덮어씁니다.";
        theirs: "The post as it is now", "지금 저장되어 있는 글";
        overwrite: "Save mine instead", "내 글로 덮어쓰기";
        delete_title: "Delete this post?", "이 글을 삭제할까요?";
        delete_lead: "It is gone for everyone, and cannot be brought back.", "모두에게서 사라지며 되돌릴 수 없습니다.";
        delete_submit: "Delete post", "글 삭제";
        left: "someone who left", "탈퇴한 회원";
        empty_title: "Enter a title.", "제목을 입력해 주세요.";
        odd_title: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 써 주세요.";
        empty_body: "Write something.", "내용을 입력해 주세요.";
        odd_body: "There is a control character in the text, which nobody would see. Remove it, or type the text anew.", "화면에 보이지 않는 제어 문자가 들어 있습니다. 지우거나 다시 입력해 주세요.";
    }
}
