using MallVip.Rules.Checking;

namespace MallVip.Rules.Deciding;

/// <summary>Shorthand of the arms.</summary>
internal static class Refusal
{
    public static Decision Of(RejectionKind kind, string? field, Sentence detail) =>
        new Decision.Rejected(new(kind, field, detail));
}
