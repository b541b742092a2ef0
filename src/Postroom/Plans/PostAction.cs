namespace Postroom.Plans;

/// <summary>What a request that changes something does. A form knows <see cref="Create"/> only.</summary>
public enum PostAction
{
    /// <summary>POST: something new.</summary>
    Create,

    /// <summary>PUT: the record at this address is this from now on, whether there was one or not.</summary>
    Replace,

    /// <summary>PATCH: these fields of the record change.</summary>
    Update,

    /// <summary>DELETE: the record is no more.</summary>
    Delete,

    /// <summary>POST to the record's <c>/confirm</c>: what was held counts for good.</summary>
    Confirm,

    /// <summary>POST to a resource's <c>/batch</c>: all items are created, or none.</summary>
    Batch,

    /// <summary>POST to <c>/batch?atomic=false</c>: each item is created or refused by itself.</summary>
    Import,
}
