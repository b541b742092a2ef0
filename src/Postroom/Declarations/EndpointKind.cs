namespace Postroom.Declarations;

/// <summary>What an endpoint is.</summary>
public enum EndpointKind
{
    /// <summary>Takes forms: urlencoded, multipart or JSON; answers with a page or with JSON.</summary>
    Form,

    /// <summary>Keeps records: created by POST, then read, changed and deleted under their own addresses.</summary>
    Resource,

    /// <summary>Takes files of any size, in one request or in many, and gives them back.</summary>
    Upload,
}
