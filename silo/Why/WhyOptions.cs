using MallVip.Silo.Hosting.Journals;

namespace MallVip.Silo.Why;

/// <summary>What <c>mallvip why</c> was asked.</summary>
/// <param name="Member">A member's id or an identity.</param>
/// <param name="Entry">The entry's number within the member.</param>
/// <param name="Line">Only this line of it, from 1; null: all of them.</param>
public sealed record WhyOptions(string Member, long Entry, int? Line)
{
    /// <summary>The journal; a running silo may have it open.</summary>
    public required JournalChoice Journal { get; init; }

    /// <summary>The silo to ask instead; null: the journal is read.</summary>
    public Uri? Silo { get; init; }

    /// <summary>The API key for it; null: it needs none.</summary>
    public string? Key { get; init; }

    /// <summary>JSON instead of text.</summary>
    public bool Json { get; init; }
}
