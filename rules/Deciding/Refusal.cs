namespace MallVip.Rules.Deciding;

/// <summary>Shorthand of the arms.</summary>
internal static class Refusal
{
    public static Decision Of(RejectionKind kind, string? field, string detail) =>
        new Decision.Rejected(new(kind, field, detail));
}
