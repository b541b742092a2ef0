namespace Postroom.Answers;

/// <summary>Writes the fields of a form, each with its label, hint, value and faults.</summary>
internal sealed class FormFieldWriter(HtmlWriter html, FormValues values, FormFaults faults)
{
    /// <summary>The id of the element that a link to the field leads to: the first box of those with several.</summary>
    public static string FocusId(FormField field) => field.Control switch
    {
        FormControl.Radios or FormControl.Checkboxes or FormControl.Repeated => field.ElementId + "-1",
        _ => field.ElementId,
    };

    /// <summary>Writes the field; a group with all of its fields.</summary>
    public void Write(FormField field)
    {
        switch (field.Control)
        {
            case FormControl.Hidden:
                html.Write($"<input type=\"hidden\" name=\"{field.Name}\" value=\"{field.Default}\">\n");
                break;
            case FormControl.Unavailable:
                WriteUnavailable(field);
                break;
            case FormControl.Group:
                WriteGroup(field);
                break;
            case FormControl.Checkbox:
                WriteCheckbox(field);
                break;
            case FormControl.Radios or FormControl.Checkboxes:
                WriteChoices(field);
                break;
            case FormControl.Repeated:
                WriteRepeated(field);
                break;
            default:
                WriteBox(field);
                break;
        }
    }

    private void WriteBox(FormField field)
    {
        html.Write($"""
            <div class="field{Faulty(field)}">
            <label for="{field.ElementId}">{field.Label}{Optional(field)}</label>
            {Hint(field)}
            """);
        switch (field.Control)
        {
            case FormControl.Lines:
                // The line end after the tag is dropped by the parser, so that one at the value's start is kept.
                html.Write($"<textarea id=\"{field.ElementId}\" rows=\"6\"{Attributes(field)}>\n");
                html.Write($"{Value(field)}</textarea>\n");
                break;
            case FormControl.Select:
                WriteSelect(field);
                break;
            case FormControl.File or FormControl.Files:
                WriteFile(field);
                break;
            case FormControl.Password:
                html.Write($"<input id=\"{field.ElementId}\" type=\"password\"{Attributes(field)}>\n");
                break;
            default:
                html.Write($"<input id=\"{field.ElementId}\" {Type(field.Control)} value=\"{Value(field)}\"");
                html.Write($"{Attributes(field)}>\n");
                break;
        }

        html.Write($"{Fault(field)}</div>\n");
    }

    /// <summary>A page cannot choose a file for a person, so a form that comes back asks for it again.</summary>
    private void WriteFile(FormField field)
    {
        html.Write($"<input id=\"{field.ElementId}\" type=\"file\"");
        if (field.Accept is { } accept)
        {
            html.Write($" accept=\"{accept}\"");
        }

        html.Write($"{Html.When(field.Control == FormControl.Files, " multiple")}{Attributes(field)}>\n");
        if (Value(field) is { Length: > 0 } name)
        {
            html.Write($"<p class=\"hint\">Choose it again: nothing of <bdi>{name}</bdi> was kept.</p>\n");
        }
    }

    private void WriteSelect(FormField field)
    {
        var chosen = Value(field);
        html.Write($"<select id=\"{field.ElementId}\"{Attributes(field)}>\n<option value=\"\">Choose…</option>\n");
        foreach (var option in field.Options)
        {
            var selected = Html.When(option.Value == chosen, " selected");
            html.Write($"<option value=\"{option.Value}\"{selected}>{option.Label}</option>\n");
        }

        html.Write($"</select>\n");
    }

    private void WriteCheckbox(FormField field)
    {
        var ticked = Html.When(Value(field) == "true", " checked");
        html.Write($"""
            <div class="field choice{Faulty(field)}">
            <input id="{field.ElementId}" type="checkbox" value="true"{ticked}{Attributes(field)}>
            <label for="{field.ElementId}">{field.Label}{Optional(field)}</label>
            {Hint(field)}{Fault(field)}</div>

            """);
    }

    private void WriteChoices(FormField field)
    {
        var single = field.Control == FormControl.Radios;
        var chosen = Chosen(field);
        html.Write($"""
            <fieldset class="field{Faulty(field)}"{DescribedBy(field)}>
            <legend>{field.Label}{Optional(field)}</legend>
            {Hint(field)}
            """);
        var type = single ? Html.Constant("type=\"radio\"") : Html.Constant("type=\"checkbox\"");
        var required = Html.When(single && field.Required, " required");
        var number = 0;
        foreach (var option in field.Options)
        {
            number++;
            var ticked = Html.When(chosen.Contains(option.Value), " checked");
            html.Write($"""
                <div class="field choice">
                <input id="{field.ElementId}-{number}" {type} name="{field.Name}"
                value="{option.Value}"{ticked}{required}>
                <label for="{field.ElementId}-{number}">{option.Label}</label></div>

                """);
        }

        html.Write($"{Fault(field)}</fieldset>\n");
    }

    private void WriteRepeated(FormField field)
    {
        var entered = values.Of(field.Pointer);
        var boxes = Math.Clamp(entered.Count + 1, Math.Min(field.Boxes, field.BoxesMaximum), field.BoxesMaximum);
        html.Write($"""
            <fieldset class="field{Faulty(field)}"{DescribedBy(field)}>
            <legend>{field.Label}{Optional(field)}</legend>
            {Hint(field)}
            """);
        for (var index = 0; index < boxes; index++)
        {
            var value = index < entered.Count ? entered[index] : "";
            var number = index + 1;
            html.Write($"""
                <label class="visually-hidden" for="{field.ElementId}-{number}">{field.Label}, number {number}</label>
                <input id="{field.ElementId}-{number}" type="text" name="{field.Name}" value="{value}"{Lengths(field)}>

                """);
        }

        html.Write($"{Fault(field)}</fieldset>\n");
    }

    private void WriteGroup(FormField field)
    {
        html.Write($"""
            <fieldset class="group{Faulty(field)}" id="{field.ElementId}" tabindex="-1"{DescribedBy(field)}>
            <legend>{field.Label}{Optional(field)}</legend>
            {Hint(field)}{Fault(field)}
            """);
        foreach (var inner in field.Fields)
        {
            Write(inner);
        }

        html.Write($"</fieldset>\n");
    }

    private void WriteUnavailable(FormField field)
    {
        if (field.Required)
        {
            html.Write($"""
                <div class="notice held"><p>“{field.Label}” is needed here, and this page cannot ask for it. Send
                the message as JSON instead.</p></div>

                """);
        }
    }

    private static Html Type(FormControl control) => control switch
    {
        FormControl.Email => Html.Constant("type=\"email\" spellcheck=\"false\" autocapitalize=\"off\""),
        FormControl.Url => Html.Constant("type=\"url\" spellcheck=\"false\" autocapitalize=\"off\""),
        FormControl.Telephone => Html.Constant("type=\"tel\""),
        FormControl.Number => Html.Constant("type=\"number\""),
        FormControl.Date => Html.Constant("type=\"date\""),
        FormControl.LocalDateTime => Html.Constant("type=\"datetime-local\""),
        _ => Html.Constant("type=\"text\""),
    };

    private Html Attributes(FormField field) => Html.From(html =>
    {
        html.Write($" name=\"{field.Name}\"{Html.When(field.Required, " required")}{Lengths(field)}");
        if (field.Control != FormControl.Lines)
        {
            Attribute(html, Html.Constant("pattern"), field.Pattern);
        }

        Attribute(html, Html.Constant("title"), field.Pattern is null ? null : field.Hint);
        Attribute(html, Html.Constant("min"), field.Minimum);
        Attribute(html, Html.Constant("max"), field.Maximum);
        Attribute(html, Html.Constant("step"), field.Step);
        Attribute(html, Html.Constant("autocomplete"), field.Autocomplete);
        html.Write($"{Html.When(faults.Of(field).Count > 0, " aria-invalid=\"true\"")}{DescribedBy(field)}");
    });

    private static Html Lengths(FormField field) => Html.From(html =>
    {
        if (field.MinimumLength is > 0)
        {
            html.Write($" minlength=\"{field.MinimumLength.Value}\"");
        }

        if (field.MaximumLength is not null)
        {
            html.Write($" maxlength=\"{field.MaximumLength.Value}\"");
        }
    });

    private static void Attribute(HtmlWriter html, Html name, string? value)
    {
        if (value is not null)
        {
            html.Write($" {name}=\"{value}\"");
        }
    }

    private Html DescribedBy(FormField field) => Html.From(html =>
    {
        var hasHint = field.Hint is not null;
        var hasFault = faults.Of(field).Count > 0;
        if (hasHint && hasFault)
        {
            html.Write($" aria-describedby=\"{field.ElementId}-hint {field.ElementId}-fault\"");
        }
        else if (hasHint)
        {
            html.Write($" aria-describedby=\"{field.ElementId}-hint\"");
        }
        else if (hasFault)
        {
            html.Write($" aria-describedby=\"{field.ElementId}-fault\"");
        }
    });

    private static Html Hint(FormField field) => Html.From(html =>
    {
        if (field.Hint is not null)
        {
            html.Write($"<p class=\"hint\" id=\"{field.ElementId}-hint\">{field.Hint}</p>\n");
        }
    });

    private Html Fault(FormField field) => Html.From(html =>
    {
        var found = faults.Of(field);
        if (found.Count > 0)
        {
            var sentences = string.Join(' ', found.Select(fault => FormFaults.Sentence(field, fault.Message)));
            html.Write($"<p class=\"fault\" id=\"{field.ElementId}-fault\">{sentences}</p>\n");
        }
    });

    private Html Faulty(FormField field) => Html.When(faults.Of(field).Count > 0, " faulty");

    private static Html Optional(FormField field) =>
        Html.When(!field.Required && !field.RequiredInGroup, " <span class=\"soft\">(optional)</span>");

    private string? Value(FormField field)
    {
        var entered = values.Of(field.Pointer);
        return entered.Count > 0 ? entered[0] : values.Any ? null : field.Default;
    }

    private IReadOnlyList<string> Chosen(FormField field)
    {
        var entered = values.Of(field.Pointer);
        return entered.Count == 0 && !values.Any && field.Default is not null ? [field.Default] : entered;
    }
}
