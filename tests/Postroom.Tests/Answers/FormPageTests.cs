using System.Buffers;
using Postroom.Answers;
using Postroom.Faults;

namespace Postroom.Tests.Answers;

public sealed class FormPageTests
{
    private static readonly FormField s_name = Field("name", FormControl.Text) with
    {
        Required = true,
        MinimumLength = 1,
        MaximumLength = 200,
        Autocomplete = "name",
        Hint = "As on the door.",
    };

    [Fact]
    public void A_field_has_a_label_a_hint_its_limits_and_what_browsers_may_fill_in()
    {
        var box = Render(Form(s_name)).ByName("name");
        Assert.Equal("text", box["type"]);
        Assert.Equal("1", box["minlength"]);
        Assert.Equal("200", box["maxlength"]);
        Assert.Equal("name", box["autocomplete"]);
        Assert.Equal("field-name-hint", box["aria-describedby"]);
        Assert.True(box.Has("required"));
        Assert.False(box.Has("aria-invalid"));
    }

    [Theory]
    [InlineData(nameof(FormControl.Email), "email")]
    [InlineData(nameof(FormControl.Url), "url")]
    [InlineData(nameof(FormControl.Telephone), "tel")]
    [InlineData(nameof(FormControl.Number), "number")]
    [InlineData(nameof(FormControl.Date), "date")]
    [InlineData(nameof(FormControl.LocalDateTime), "datetime-local")]
    [InlineData(nameof(FormControl.Password), "password")]
    [InlineData(nameof(FormControl.Checkbox), "checkbox")]
    [InlineData(nameof(FormControl.Hidden), "hidden")]
    public void A_control_has_its_type(string control, string type) =>
        Assert.Equal(type, Render(Form(Field("x", Enum.Parse<FormControl>(control)))).ByName("x")["type"]);

    [Fact]
    public void A_form_with_a_file_is_sent_as_multipart_and_asks_again_for_the_file()
    {
        var page = Render(Form(Field("cv", FormControl.File) with { Accept = "application/pdf", Required = true }) with
        {
            Values = FormValues.Read("""{"cv":"cv<b>.pdf"}"""u8.ToArray()),
            Fault = Invalid(new FieldFault("/name", "required", "is required")),
        });
        Assert.Equal("multipart/form-data", page.One("form")["enctype"]);
        var box = page.ByName("cv");
        Assert.Equal("file", box["type"]);
        Assert.Equal("application/pdf", box["accept"]);
        Assert.False(box.Has("value"));
        Assert.False(box.Has("multiple"));
        Assert.Contains("Choose it again: nothing of cv<b>.pdf was kept.", page.One("form").Text, StringComparison.Ordinal);
        Assert.True(Render(Form(Field("cv", FormControl.Files))).ByName("cv").Has("multiple"));
    }

    [Fact]
    public void A_form_without_a_file_is_sent_as_it_always_was() =>
        Assert.False(Render(Form(s_name)).One("form").Has("enctype"));

    [Fact]
    public void Values_and_faults_are_shown_again_and_the_summary_leads_to_the_fields()
    {
        var page = Render(Form(s_name, Field("message", FormControl.Lines), Field("age", FormControl.Number)) with
        {
            Values = FormValues.Read("""{"name":"Ada","message":"\nTwo\nlines <b>","age":17}"""u8.ToArray()),
            Fault = Invalid(
                new("/name", "too-short", "must have at least 5 characters"), new("/other", "x", "is not known")),
        });

        Assert.Equal("Ada", page.ByName("name")["value"]);
        Assert.Equal("\n\nTwo\nlines <b>", page.ByName("message").Text);
        Assert.Equal("17", page.ByName("age")["value"]);
        Assert.Equal("true", page.ByName("name")["aria-invalid"]);
        Assert.Equal("field-name-hint field-name-fault", page.ByName("name")["aria-describedby"]);
        Assert.Equal("Name must have at least 5 characters.", page.ById("field-name-fault").Text);
        Assert.Contains(page.All("a"), link => link["href"] == "#field-name");
        Assert.Contains(page.All("li"), line => line.Text == "Other is not known.");
        Assert.StartsWith("Not sent: ", page.One("title").Text, StringComparison.Ordinal);
        Assert.Equal("alert", Assert.Single(page.Elements, element => element["class"] == "faults")["role"]);
    }

    [Theory]
    [InlineData("Name", nameof(FormControl.Text), "Name must be there.")]
    [InlineData("I accept the terms", nameof(FormControl.Checkbox), "I accept the terms: must be there.")]
    [InlineData("Who are you?", nameof(FormControl.Text), "Who are you? must be there.")]
    [InlineData("Tell us.", nameof(FormControl.Text), "Tell us: must be there.")]
    public void A_fault_of_a_field_is_a_sentence(string label, string control, string sentence) => Assert.Equal(
        sentence, FormFaults.Sentence(Field("x", Enum.Parse<FormControl>(control)) with { Label = label }, "must be there"));

    [Fact]
    public void A_default_stands_in_a_new_form_and_not_in_one_that_comes_back()
    {
        var form = Form(Field("city", FormControl.Text) with { Default = "Paris" }, s_name);
        Assert.Equal("Paris", Render(form).ByName("city")["value"]);
        var back = form with { Values = FormValues.Read("""{"name":"Ada"}"""u8.ToArray()) };
        Assert.Equal("", Render(back).ByName("city")["value"]);
    }

    [Fact]
    public void A_secret_is_never_shown_again()
    {
        var form = Form(Field("password", FormControl.Password)) with
        {
            Values = FormValues.Read("""{"password":"canary-secret"}"""u8.ToArray()),
        };
        Assert.False(Render(form).ByName("password").Has("value"));
    }

    [Fact]
    public void Choices_keep_what_was_chosen()
    {
        FormOption[] options = [new("r", "Red"), new("g", "Green")];
        var page = Render(Form(
            Field("one", FormControl.Radios) with { Options = options, Required = true },
            Field("list", FormControl.Select) with { Options = options },
            Field("many", FormControl.Checkboxes) with { Options = options }) with
        {
            Values = FormValues.Read("""{"one":"g","list":"r","many":["r","g"]}"""u8.ToArray()),
            Fault = Invalid(new("/one", "x", "is wrong"), new("/many/1", "x", "is wrong")),
        });

        Assert.True(page.ById("field-one-2").Has("checked"));
        Assert.False(page.ById("field-one-1").Has("checked"));
        Assert.True(page.ById("field-one-1").Has("required"));
        Assert.Equal("Red", Assert.Single(page.All("option"), option => option.Has("selected")).Text);
        Assert.True(page.ById("field-many-1").Has("checked") && page.ById("field-many-2").Has("checked"));
        Assert.Equal(["#main", "#field-one-1", "#field-many-1"], page.All("a").Select(link => link["href"]));
    }

    [Fact]
    public void A_group_is_a_fieldset_and_a_list_is_a_box_repeated()
    {
        var street = Field("street", FormControl.Text) with { Name = "address[street]", Pointer = "/address/street" };
        var page = Render(Form(
            Field("address", FormControl.Group) with { Fields = [street] },
            Field("tags", FormControl.Repeated) with { BoxesMaximum = 5 }) with
        {
            Values = FormValues.Read("""{"address":{"street":"Rue"},"tags":["a","b","c","d"]}"""u8.ToArray()),
        });

        Assert.True(page.ByName("address[street]").IsIn("fieldset"));
        Assert.Equal("Rue", page.ByName("address[street]")["value"]);
        var boxes = page.Elements.Where(box => box["name"] == "tags");
        Assert.Equal(["a", "b", "c", "d", ""], boxes.Select(box => box["value"]));
    }

    [Fact]
    public void The_token_and_the_key_are_hidden_and_the_trap_is_kept_from_people()
    {
        var page = Render(Form(s_name) with { Token = "t-1", Key = "k-1", Honeypot = "_gotcha" });
        Assert.Equal("t-1", page.ByName("_token")["value"]);
        Assert.Equal("k-1", page.ByName("_key")["value"]);
        var trap = page.ByName("_gotcha");
        Assert.Equal("-1", trap["tabindex"]);
        Assert.Equal("off", trap["autocomplete"]);
        Assert.Equal("true", trap.Parent!["aria-hidden"]);
    }

    [Fact]
    public void What_the_page_cannot_ask_for_is_said_where_it_is_needed()
    {
        var field = Field("items", FormControl.Unavailable) with { Required = true };
        Assert.Contains("as JSON instead", Render(Form(field)).One("form").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_schema_or_document_becomes_markup()
    {
        var canary = PageRules.Canary;
        var fields = Enum.GetValues<FormControl>().Select(control => Field(canary + control, control) with
        {
            Hint = canary,
            Default = canary,
            Pattern = canary,
            Minimum = canary,
            Maximum = canary,
            Step = canary,
            Autocomplete = canary,
            Required = true,
            Options = [new(canary, canary)],
        }).ToArray();
        var faults = fields.Select(field => new FieldFault(field.Pointer, canary, canary)).ToArray();
        foreach (var fault in new[] { null, Invalid(faults) })
        {
            Render(Form(fields) with
            {
                Title = canary,
                Lead = canary,
                Submit = canary,
                Token = canary,
                Key = canary,
                Fault = fault,
            });
        }
    }

    [Fact]
    public void Ids_of_different_fields_differ()
    {
        string[] pointers = ["/a/b", "/a-b", "/a.b", "/a_b", "/a~1b", "/a b", "/A/b", "/a/.2f.b"];
        var ids = pointers.Select(pointer => (Field("x", FormControl.Text) with { Pointer = pointer }).ElementId);
        Assert.Equal(pointers.Length, ids.Distinct().Count());
    }

    private static Fault Invalid(params FieldFault[] faults) =>
        new(FaultCatalogue.ValidationFailed, "Please correct these.") { Errors = faults };

    private static FormField Field(string name, FormControl control) => new()
    {
        Name = name,
        Pointer = FieldNames.Append("", name),
        Label = FieldNames.Humanise(name),
        Control = control,
    };

    private static FormPage Form(params FormField[] fields) =>
        new() { Title = "Contact", Action = HtmlUrl.Of("/api/contact"), Fields = fields };

    [Fact]
    public void A_form_that_asks_for_a_proof_runs_our_script_and_says_what_happens_without_it()
    {
        var page = Markup.Read(Write(Form(s_name) with { AsksForProof = true }));
        var script = page.One("script");
        Assert.Equal("module", script["type"]);
        Assert.Equal("/_postroom/proof.js", script["src"]);
        Assert.Empty(script.Text);
        Assert.Contains("a person looks at the message first", page.One("noscript").Text, StringComparison.Ordinal);
    }

    private static Markup Render(FormPage form) => PageRules.Check(Write(form));

    private static ReadOnlySpan<byte> Write(FormPage form)
    {
        var output = new ArrayBufferWriter<byte>();
        form.WriteTo(new HtmlWriter(output));
        return output.WrittenSpan;
    }
}
