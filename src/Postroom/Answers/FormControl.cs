namespace Postroom.Answers;

/// <summary>How a field of a form is entered.</summary>
internal enum FormControl
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>An absolute address.</summary>
    Url,

    /// <summary>A telephone number.</summary>
    Telephone,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and a time without a zone.</summary>
    LocalDateTime,

    /// <summary>A secret: never shown again.</summary>
    Password,

    /// <summary>A file to choose.</summary>
    File,

    /// <summary>Any number of files to choose.</summary>
    Files,

    /// <summary>Several lines of text.</summary>
    Lines,

    /// <summary>One box to tick.</summary>
    Checkbox,

    /// <summary>One of few choices, all in view.</summary>
    Radios,

    /// <summary>One of many choices.</summary>
    Select,

    /// <summary>Any number of choices.</summary>
    Checkboxes,

    /// <summary>The same box several times: a list of texts.</summary>
    Repeated,

    /// <summary>Fields that belong together.</summary>
    Group,

    /// <summary>A value that the schema fixes.</summary>
    Hidden,

    /// <summary>What a page without scripts cannot ask for, such as a list of objects.</summary>
    Unavailable,
}
