namespace MallVip.Rules.Members;

/// <summary>What a tag may be called, and which tags a member carries.</summary>
public static class Tags
{
    /// <summary>The longest name of a tag, in UTF-16 units.</summary>
    public const int MaxLength = 64;

    /// <summary>Letters and digits of any script, and <c>- _ . :</c> between them; 1 to 64 long.</summary>
    public static bool IsWellFormed(string? tag)
    {
        if (string.IsNullOrEmpty(tag) || tag.Length > MaxLength || !char.IsLetterOrDigit(tag[0]))
            return false;
        foreach (var character in tag)
            if (!char.IsLetterOrDigit(character) && character is not ('-' or '_' or '.' or ':'))
                return false;
        return true;
    }

    /// <summary>The tag, if the member carries it.</summary>
    public static TagState? Find(MemberState state, string tag)
    {
        foreach (ref readonly var present in state.Tags.AsSpan())
            if (present.Tag == tag)
                return present;
        return null;
    }

    /// <summary>Whether one end is later than another; null is no end at all.</summary>
    public static bool EndsLater(DateTimeOffset? end, DateTimeOffset? other) =>
        other is { } than && (end is null || end > than);
}
