using Postroom.Answers;

namespace Postroom.Tests.Answers;

public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("firstName", "First name")]
    [InlineData("first_name", "First name")]
    [InlineData("first-name", "First name")]
    [InlineData("email", "Email")]
    [InlineData("userID", "User ID")]
    [InlineData("_x", "X")]
    [InlineData("__", "__")]
    [InlineData("", "")]
    [InlineData("Straße", "Straße")]
    public void A_name_becomes_words(string name, string words) => Assert.Equal(words, FieldNames.Humanise(name));

    [Theory]
    [InlineData("/api/contact-us", "Contact us")]
    [InlineData("/contact/", "Contact")]
    [InlineData("/", "Form")]
    public void A_path_becomes_a_title(string path, string title) =>
        Assert.Equal(title, FieldNames.HumanisePath(path));

    [Theory]
    [InlineData("", "")]
    [InlineData("/email", "Email")]
    [InlineData("/address/postCode", "Address, post code")]
    [InlineData("/tags/0", "Tags, number 1")]
    [InlineData("/a~1b", "A/b")]
    [InlineData("/0", "0")]
    public void A_pointer_becomes_words(string pointer, string words) =>
        Assert.Equal(words, FieldNames.HumanisePointer(pointer));

    [Theory]
    [InlineData("Email", "email")]
    [InlineData("e-mail", "email")]
    [InlineData("first_name", "given-name")]
    [InlineData("message", null)]
    public void Well_known_names_may_be_filled_in(string name, string? token) =>
        Assert.Equal(token, FieldNames.Autocomplete(name));
}
