using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;

namespace MallVip.Grains.Slips;

/// <summary>Brings a slip's purchase to its member, as a till's event is brought.</summary>
internal sealed class SlipRecorder(IGrainFactory grains)
{
    /// <summary>Whether the member would take it; null: yes.</summary>
    public async Task<Rejection?> TryAsync(SlipOrder order)
    {
        var answer = await AskAsync(order.Member, new()
        {
            Command = new MemberCommand.RecordEvent(order.Event),
            Key = EventKey.None,
            Receipt = ReceiptOf(order.Event),
            Actor = order.By,
            AnyAge = true,
            DryRun = true,
        });
        return answer.Rejection;
    }

    /// <summary>Records it. However often it is tried, it counts once.</summary>
    public async Task<SlipFact.Ended> RecordAsync(Slip slip)
    {
        var handed = slip.HandedIn;
        var answer = await AskAsync(handed.Member, new()
        {
            Command = new MemberCommand.RecordEvent(handed.Event),
            Key = KeyOf(handed.Event),
            Content = handed.Content,
            Receipt = ReceiptOf(handed.Event),
            Actor = slip.Actor,
            AnyAge = true,
        });
        var member = answer.Member ?? handed.Member;
        return answer switch
        {
            { Status: AnswerStatus.Accepted or AnswerStatus.Duplicate } =>
                new(member, SlipStatus.Recorded, null, null, answer.Seq),
            { Rejection: { } rejection } => Refused(
                rejection.Kind == RejectionKind.ReceiptKnown ? SlipStatus.Duplicate : SlipStatus.Refused,
                Refusals.Of(rejection)),
            { Status: AnswerStatus.KeyReused } => Refused(SlipStatus.Refused, Refusals.EventIdReused),
            _ => throw new InvalidOperationException($"A purchase is not answered {answer.Status}."),
        };

        SlipFact.Ended Refused(SlipStatus status, Refusal refusal) =>
            new(member, status, refusal.Code, refusal.Detail.ToString(), 0);
    }

    /// <summary>The key of a slip's purchase in the journal.</summary>
    public static EventKey KeyOf(MallEvent happened) => EventKey.ForEvent(happened.Source, happened.Id);

    private static EventKey ReceiptOf(MallEvent happened)
    {
        var purchase = (PurchaseData)happened.Data;
        return EventKey.ForReceipt(purchase.Store, purchase.Receipt);
    }

    private Task<MemberAnswer> AskAsync(Rules.Quantities.MemberId member, MemberRequest request) =>
        Retry.OnFailedAppend(() => grains.GetGrain<IMemberGrain>(member.ToString()).Handle(request));
}
