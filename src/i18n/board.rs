//! The board.

texts! {
    Board {
        title: "Board", "게시판";
        new: "New post", "글쓰기";
        sign_in_to_write: "Sign in to write", "로그인하고 글쓰기";
        search: "Search title and text", "제목과 내용에서 찾기";
        search_submit: "Search", "찾기";
        all: "Show all posts", "모든 글 보기";
        none: "Nothing posted yet", "아직 올라온 글이 없어요";
        none_here: "Nothing among these posts. Older ones may have it.", "이 글들에는 없어요. 이전 글에서 찾아보세요.";
        too_many: "You have written a lot this hour. Wait a little; your text is still here.", "한 시간 동안 글을 많이 올렸어요. 잠시 뒤에 다시 올려 주세요. 쓴 내용은 그대로 있어요.";
        gone: "This post was deleted in the meantime. Your text is still here; saving it makes a new post.", "그사이에 글이 삭제되었어요. 쓴 내용은 그대로 있고, 저장하면 새 글이 돼요.";
        changed: "This post was changed in the meantime. Read it again before you delete it.", "그사이에 글이 수정되었어요. 삭제하기 전에 다시 읽어 주세요.";
        none_found: "No post has these words", "찾는 말이 있는 글이 없어요";
        none_older: "There are no older posts", "더 이전 글이 없어요";
        older: "Older posts", "이전 글";
        newest: "Newest posts", "최근 글";
        edited: "edited", "수정:";
        edit: "Edit", "수정";
        delete: "Delete", "삭제";
        edit_title: "Edit post", "글 수정";
        title_hint: "Up to 150 characters.", "150자까지 쓸 수 있어요.";
        body_hint: "Up to 10,000 characters. Web addresses become links.", "10,000자까지 쓸 수 있고 웹 주소는 링크가 돼요.";
        publish: "Publish", "올리기";
        save: "Save", "저장";
        conflict: "Someone else changed this post in the meantime. Your text is still here, not saved yet. Saving it replaces theirs.", "그사이에 다른 사람이 글을 수정했어요. 쓴 내용은 그대로 있고 아직 저장하지 않았어요. 저장하면 다른 사람의 수정을 덮어써요.";
        theirs: "The post as it is now", "지금 저장된 글";
        overwrite: "Save mine instead", "내 글로 덮어쓰기";
        delete_title: "Delete this post?", "이 글을 삭제할까요?";
        delete_lead: "It's gone for everyone and can't be brought back.", "모두에게서 사라지고 되돌릴 수 없어요.";
        delete_submit: "Delete post", "글 삭제";
        left: "someone who left", "탈퇴한 회원";
        empty_title: "Enter a title.", "제목을 입력해 주세요.";
        odd_title: "Use visible characters on one line.", "눈에 보이는 글자만 한 줄로 써 주세요.";
        empty_body: "Write something.", "내용을 입력해 주세요.";
        odd_body: "There is a control character in the text that nobody can see. Remove it, or type the text anew.", "눈에 보이지 않는 제어 문자가 들어 있어요. 지우거나 다시 입력해 주세요.";
        description: "What the people of this site write.", "이 사이트의 사람들이 쓴 글이에요.";
        none_lead: "Write the first post.", "첫 글을 써 보세요.";
        yours: "Your text", "내가 쓴 글";
        keep: "Keep it", "글 유지";
    }
}
