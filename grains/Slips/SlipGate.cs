using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Slips;

/// <summary>Asks everything that may stand against a slip, in the order in which it is told.</summary>
internal sealed class SlipGate(MemberServices services, IGrainFactory grains, SlipRecorder recorder)
{
    /// <summary>Its place in the day's book comes last: what is refused for another reason takes
    /// none.</summary>
    /// <param name="id">The slip's, if it is kept.</param>
    public async Task<SlipAdmission> AskAsync(
        SlipState state, SlipOrder order, string id, DateTimeOffset now)
    {
        var programme = services.Programmes.Current;
        if (SlipRules.Refuse(state, order, programme, now) is var refusal and not SlipRefusal.None)
            return new(SlipAnswer.Refused(refusal), null);
        if (await recorder.TryAsync(order) is { } rejection)
            return new(new(null, SlipRefusal.Member, rejection), null);
        var settings = programme.DeskReceipts!;
        var purchase = (PurchaseData)order.Event.Data;
        var mall = programme.Stores[purchase.Store].Mall;
        var day = ZoneTime.Day(now, mall.Zone);
        var note = new SlipNote(id, order.By, mall.Id, purchase.Store, purchase.Paid.Amount);
        var book = grains.GetGrain<ISlipDayGrain>(SlipDayGrain.KeyOf(day));
        if (!await Retry.OnFailedAppend(() => book.Note(
            note, settings.PerDay, settings.AmountPerDay.Amount, order.DryRun)))
            return new(SlipAnswer.Refused(SlipRefusal.Limit), null);
        return new(null, new(
            order.By, order.Key, order.Member, order.Event with { Id = id }, order.EventContent, order.Photo,
            order.Note, now, now.AddDays(settings.WaitDays), day, purchase.Paid <= settings.ApproveAbove));
    }
}

/// <param name="Refused">Null: it may be kept.</param>
/// <param name="Fact">What to keep; null: it is refused.</param>
internal readonly record struct SlipAdmission(SlipAnswer? Refused, SlipFact.HandedIn? Fact);
