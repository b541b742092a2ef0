namespace Postroom.Exchange;

/// <summary>Whether the answer was made for this request.</summary>
internal enum AnswerOrigin
{
    Created,
    Replayed,
}
