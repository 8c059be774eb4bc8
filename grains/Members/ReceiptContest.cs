using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Grains.Members;

/// <summary>
/// A purchase that is refused since another member has its receipt: where rules wait for that, it is noted
/// with who came second before the answer, once for each receipt.
/// </summary>
internal sealed class ReceiptContest(MemberServices services, MemberArchive archive)
{
    /// <summary>The first outcome of a command that came again, or why it is none.</summary>
    /// <param name="self">How the member is told.</param>
    public async Task<MemberAnswer> AnswerAsync(
        MemberRequest request, KeyAdmission admission, MemberState state,
        Func<MemberRequest, Task<MemberAnswer>> self)
    {
        if (admission.Kind == AdmissionKind.ReceiptTaken && !request.DryRun
            && request.Command is MemberCommand.RecordEvent { Event.Data: PurchaseData bought }
            && await IsAwaitedAsync(request) && await IsAnothersAsync(admission.Pos, state))
            await self(request with
            {
                Command = new MemberCommand.NoteContest(bought.Store, bought.Receipt),
                Key = EventKey.Of("contest", archive.Grain.ToString(), request.Receipt.ToString()),
                Content = 0,
                Receipt = EventKey.None,
                Persons = [],
            });
        return await archive.AnswerRepeatAsync(request, admission);
    }

    private async ValueTask<bool> IsAwaitedAsync(MemberRequest request) =>
        (await services.Programmes.ForAsync(request.RulesVersion)).RuleTypes
            .Contains(EventTypes.ReceiptContested);

    /// <summary>An identity may keep it too, for whoever claims it: that is nobody else's yet.</summary>
    private async ValueTask<bool> IsAnothersAsync(long pos, MemberState state) =>
        await services.Journal.ReadAtAsync(pos) is { Grain: { Kind: GrainKind.Member } holder }
        && holder != archive.Grain
        && !state.Absorbed.Any(absorbed => absorbed.Member.Value == holder.Id);
}
