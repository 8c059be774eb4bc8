namespace MallVip.Client.Keys;

/// <summary>One API key as configured. The key itself is written nowhere: only its hash is.</summary>
public sealed record ApiKeyOptions
{
    /// <summary>
    /// 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>, unique; stands in every entry that the key writes.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of the key's UTF-8 bytes, 64 hex digits.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Of <c>read</c>, <c>write</c>, <c>operate</c>; at least one.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>
    /// True: the key sees and changes only members that test keys registered. Default false.
    /// </summary>
    public bool Test { get; init; }
}
