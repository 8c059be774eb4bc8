using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;
using CheckTexts = MallVip.Rules.Checking.Texts;

namespace MallVip.Client.Problems;

/// <summary>A code that the API can answer.</summary>
public sealed record ErrorEntry(string Code, int Status, string Title, string? Hint);

/// <summary>Every code that the API can answer, in the order in which requests meet them.</summary>
public static class ErrorCatalog
{
    private const string InputPrefix = "INPUT_";

    /// <summary>Refused before anything is read as an event or a command.</summary>
    public static ImmutableArray<ErrorEntry> Request { get; } =
        [.. ApiErrors.All.Select(error => new ErrorEntry(
            error.Code, error.Status, Title(Language.English, error.Code), error.Hint.ToString()))];

    /// <summary>Refused while it is read, or before a member is asked.</summary>
    public static ImmutableArray<ErrorEntry> Intake { get; } =
    [
        Of(Refusals.InvalidEnvelope("", "")), Of(Refusals.InvalidIdentity(null, "")), .. Input(),
        Of(Refusals.UnknownMall("")), Of(Refusals.EventIdReused), Of(Refusals.KeyReused),
        Of(Refusals.IdentityFull), Of(Refusals.TooManyHolders("")), Of(Refusals.HoldersDiffer),
        Of(Refusals.InboxFull),
        Of(Refusals.NothingToClaim), Of(Refusals.TransferRefused("")), Of(Refusals.MergeRefused("")),
        Of(Refusals.SecondOperator), Of(Refusals.RowsWrong), Of(Refusals.BatchSettled),
        Of(Refusals.DeskReceiptsOff), Of(Refusals.UnknownStore("")), Of(Refusals.SlipTooOld(0)),
        Of(Refusals.DeskLimit(0, default)), Of(Refusals.SlipWaits), Of(Refusals.SlipSettled),
        Of(Refusals.UnknownCarPark), Of(Refusals.VisitNotFound), Of(Refusals.VisitChanged),
        Of(Refusals.QuoteOld), Of(Refusals.AmountDiffers(0m)), Of(Refusals.PaymentKnown),
        Of(Refusals.PlateInside),
        Of(Refusals.SoldOut), Of(Refusals.SoldOutToday), Of(Refusals.NotClaimable), Of(Refusals.ClaimLapsed),
        Of(Refusals.VersionExpected), Of(Refusals.StockBelowReserved("", 0, 0)),
        Of(Refusals.DraftNotFound), Of(Refusals.VersionNotFound), Of(Refusals.NotPublishable),
        Of(Refusals.ProgrammeChanged), Of(Refusals.NotNow),
    ];

    /// <summary>Refused by the member's own rules.</summary>
    public static ImmutableArray<ErrorEntry> Decision { get; } =
        [.. RejectionCatalog.All.Select(row => new ErrorEntry(row.Code, row.Status, row.Title, row.Hint))];

    /// <summary>A code in words.</summary>
    public static string Title(Language language, string code)
    {
        if (Texts.Text.Find(language, $"problem.{code}") is { } title)
            return title;
        var input = code.ToUpperInvariant();
        return input.StartsWith(InputPrefix, StringComparison.Ordinal)
            ? CheckTexts.Of(language).Message(input, ["…", "…"])
            : code.Replace('_', ' ');
    }

    private static IEnumerable<ErrorEntry> Input() =>
        from code in CheckTexts.Of(Language.English).Codes
        where code.StartsWith(InputPrefix, StringComparison.Ordinal)
        orderby code
        select new ErrorEntry(
            code.ToLowerInvariant(), 400, CheckTexts.Of(Language.English).Message(code, ["…", "…"]),
            CheckTexts.Of(Language.English).Hint(code, ["…", "…"]));

    private static ErrorEntry Of(Refusal refusal) =>
        new(refusal.Code, refusal.Status, Title(Language.English, refusal.Code),
            refusal.Hint?.ToString());
}
