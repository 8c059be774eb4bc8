using System.Text.Json.Serialization;

namespace MallVip.Rules.Members;

/// <summary>A tag that the member carries.</summary>
public readonly record struct TagState
{
    private readonly long _since;
    private readonly long _until;

    [JsonConstructor]
    public TagState(string tag, DateTimeOffset since, DateTimeOffset? until, string? rule)
    {
        (Tag, Rule) = (tag, rule);
        (_since, _until) = (since.UtcTicks, until?.UtcTicks ?? 0);
    }

    public string Tag { get; }

    public DateTimeOffset Since => new(_since, TimeSpan.Zero);

    /// <summary>The first instant at which it no longer holds; null: no end.</summary>
    public DateTimeOffset? Until => _until == 0 ? null : new DateTimeOffset(_until, TimeSpan.Zero);

    /// <summary>The full id of the rule that gave it; null: by hand.</summary>
    public string? Rule { get; }
}
