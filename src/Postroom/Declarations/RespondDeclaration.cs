namespace Postroom.Declarations;

/// <summary>The words of an endpoint's answers.</summary>
public sealed record RespondDeclaration
{
    /// <summary>
    /// The message of a success. <c>{{name}}</c> stands for a field of the document; in JSON it is escaped as JSON,
    /// on a page as HTML. "Thank you. We have received your message." unless told.
    /// </summary>
    public string Created { get; init; } = "Thank you. We have received your message.";

    /// <summary>
    /// The message when a required field is missing or empty and nothing else is wrong; null for our own words.
    /// </summary>
    public string? Required { get; init; }

    /// <summary>The message when the endpoint has closed for good; null for our own words.</summary>
    public string? Closed { get; init; }
}
