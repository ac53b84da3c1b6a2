// Sends the one form of the page that carries an answer to another site.
document.querySelector("form[data-submit]")?.submit();
