namespace Postroom.Declarations;

/// <summary>What an endpoint is.</summary>
public enum EndpointKind
{
    /// <summary>Takes forms: urlencoded, multipart or JSON; answers with a page or with JSON.</summary>
    Form,
}
