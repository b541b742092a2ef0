namespace Postroom.Exchange;

/// <summary>A digest that a request names of its body, computed while the body is read.</summary>
internal interface IBodyDigest
{
    /// <summary>False when the bytes so far are not those that the request means.</summary>
    bool Fits();
}
