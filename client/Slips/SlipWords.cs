using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Slips;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Slips;

/// <summary>A slip as the API shows it.</summary>
internal static class SlipWords
{
    public static SlipViewBody Of(SlipView view, HttpRequest request)
    {
        var language = Languages.Of(request);
        var purchase = (PurchaseData)view.Event.Data;
        var because = view.Because is { } reason && view.DeclinedBy == Slip.Clock
            ? SentenceTexts.Of(new(reason, []), language) : view.Because;
        return new(
            view.Id, WordOf(view.Status), view.By, view.Member, purchase.Store, purchase.Receipt,
            purchase.Paid, view.Event.Time, view.Event.Source, purchase.Lines.Length, view.Day, view.At,
            view.Status == SlipStatus.Waiting ? view.Until : null, view.Photo, view.Note, view.ApprovedBy,
            view.DeclinedBy, because,
            FaultOf(view, language),
            view.Entry == 0 ? null : view.Entry);
    }

    private static SlipFaultBody? FaultOf(SlipView view, Language language) => view.Code is { } code
        ? new(code, ErrorCatalog.Title(language, code), SentenceTexts.Of(new(view.Detail!, []), language))
        : null;

    /// <summary>Null: of any.</summary>
    public static SlipStatus? StatusOf(HttpRequest request) => request.Query["status"].ToString() switch
    {
        "" => null,
        var text when Enum.TryParse<SlipStatus>(text, ignoreCase: true, out var status)
            && WordOf(status) == text => status,
        _ => throw ApiErrors.InvalidRequest.Thrown("No slip stands so.", "status"),
    };

    private static string WordOf(SlipStatus status) => status switch
    {
        SlipStatus.Waiting => "waiting",
        SlipStatus.Approved => "approved",
        SlipStatus.Recorded => "recorded",
        SlipStatus.Duplicate => "duplicate",
        SlipStatus.Refused => "refused",
        SlipStatus.Declined => "declined",
        _ => "",
    };
}
