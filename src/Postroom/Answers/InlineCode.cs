namespace Postroom.Answers;

/// <summary>Text of ours in which `code` stands between backticks.</summary>
internal static class InlineCode
{
    /// <summary>The text as markup; a backtick without its second stays as it is.</summary>
    public static Html Of(string text) => Html.From(html =>
    {
        var parts = text.Split('`');
        for (var index = 0; index < parts.Length; index++)
        {
            if (index % 2 == 0)
            {
                html.Write($"{parts[index]}");
            }
            else if (index == parts.Length - 1)
            {
                html.Write($"`{parts[index]}");
            }
            else
            {
                html.Write($"<code>{parts[index]}</code>");
            }
        }
    });
}
