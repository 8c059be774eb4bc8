using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Intake;

/// <summary>
/// Hands a list of events to their member and answers each; enrols the member first where a run asks for it.
/// </summary>
public sealed partial class MemberCaller(
    IGrainFactory grains, EventRouter router, TimeProvider time, ILogger<MemberCaller> log,
    IEventCarrier? carrier = null)
{
    private const int Patience = 100;

    /// <summary>
    /// Completes every item, with an answer or a refusal. A fault is the refusal of its own lines, and
    /// logged: the rest of a stream goes on.
    /// </summary>
    public Task HandleAsync(MemberId member, IReadOnlyList<IntakeItem> items, IntakeOptions options) =>
        items is [{ IsPlain: true } only] && !options.DryRun
            ? HandleAsync(member, only, options)
            : HandleListAsync(member, items, options);

    /// <summary>The short way, which nearly all events go: one event, one call.</summary>
    private async Task HandleAsync(MemberId member, IntakeItem only, IntakeOptions options)
    {
        try
        {
            options.Run?.Touch(member);
            var request = only.ToRequest(member, options);
            var answer = await (options.Waited && carrier is not null
                ? carrier.CarryAsync(member, request)
                : grains.GetGrain<IMemberGrain>(member.ToString()).Handle(request));
            if (answer.Status != AnswerStatus.NotHere && !IsUnknown(answer))
            {
                only.Complete(member, answer);
                return;
            }
        }
        catch (Exception failure) when (Retry.MayHelp(failure))
        {
            // The long way tries again.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Refuse(only, failure);
            return;
        }

        await HandleListAsync(member, [only], options);
    }

    private async Task HandleListAsync(
        MemberId member, IReadOnlyList<IntakeItem> items, IntakeOptions options)
    {
        try
        {
            // How a stream's lines fall into lists is chance: tried lines stand each for itself.
            if (options.DryRun)
                foreach (var item in items)
                    await SendAsync(member, [item], options, enrol: item.Fresh);
            else
                await SendAsync(member, items, options, enrol: items[0].Fresh);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            foreach (var item in items)
                Refuse(item, failure);
        }
    }

    /// <summary>
    /// Completes an item that could not be handled: for now, or because something is broken.
    /// </summary>
    public void Refuse(IntakeItem item, Exception failure)
    {
        var passing = Unavailable.Is(failure);
        if (!passing)
            Broken(log, failure);
        item.Complete(new EventAnswer
        {
            Status = EventStatus.Rejected,
            Refusal = passing ? Refusals.NotNow : Refusals.Broken,
        });
    }

    private async Task SendAsync(
        MemberId member, IReadOnlyList<IntakeItem> items, IntakeOptions options, bool enrol)
    {
        if (!options.DryRun)
            options.Run?.Touch(member);
        var requests = ImmutableArray.CreateBuilder<MemberRequest>(items.Count + 1);
        if (enrol)
            requests.Add(Enrolment(member, items[0], options));
        var places = new int[items.Count];
        for (var i = 0; i < places.Length; i++)
        {
            foreach (var identity in items[i].Event!.Identities)
                requests.Add(Link(member, identity, items[i], options));
            places[i] = requests.Count;
            requests.Add(items[i].ToRequest(member, options));
        }

        var answers = await CallAsync(member, requests.DrainToImmutable());
        if (!enrol && MayEnrol(items, options) && answers.Any(IsUnknown))
        {
            await SendAsync(member, items, options, enrol: true);
            return;
        }

        if (enrol && !options.DryRun)
            await (answers[0].Status == AnswerStatus.Duplicate
                ? router.CheckAsync(member, router.ToRef(items[0].Event!.Subject))
                : router.DeliverAsync(member, items[0].Event!, options, items[0].Clock));
        for (var i = 0; i < items.Count; i++)
        {
            if (!options.DryRun && !items[i].Event!.Identities.IsEmpty && !IsUnknown(answers[places[i]]))
                await EndClaimsAsync(member, items[i], options, answers[places[i]]);
            if (options is { Run: null, DryRun: false } && IsUnknown(answers[places[i]]))
                items[i].Complete(await router.KeepForAsync(member, items[i].Event!, options));
            else if (answers[places[i]].Status == AnswerStatus.NotHere)
                await FindAndSendAsync(items[i], options);
            else
                items[i].Complete(member, answers[places[i]]);
        }
    }

    /// <summary>What the event names was linked under a key of member and identity. If the member has
    /// released it since, a new event links it again, under a key of its own; a repeat does not.</summary>
    private async Task EndClaimsAsync(
        MemberId member, IntakeItem item, IntakeOptions options, MemberAnswer answer)
    {
        var incoming = item.Event!;
        if (answer.Status == AnswerStatus.Accepted)
        {
            var reading = (MemberReading.Snapshot)await Retry.OnFailedAppend(
                () => grains.GetGrain<IMemberGrain>(member.ToString()).Read(new MemberQuery.State()));
            var again = incoming.Identities.Where(named => !reading.State.Identities.Contains(named))
                .Select(named => Link(member, named, item, options) with
                {
                    Key = EventKey.Of("link", $"{member}/{incoming.Key}", named.Handle),
                }).ToImmutableArray();
            if (!again.IsEmpty)
                await CallAsync(member, again);
        }

        await router.SettleNamedAsync(member, incoming);
    }

    /// <summary>The identity is another's by now, or nobody's: the router is asked anew.</summary>
    private async Task FindAndSendAsync(IntakeItem item, IntakeOptions options)
    {
        router.Forget(item.Via!.Value);
        var route = await router.AskAsync(item.Event!, options, item.Clock);
        (item.Fresh, item.Via) = (route.Fresh, null);
        if (route.Member is { } member)
            await SendAsync(member, [item], options, route.Fresh);
        else
            item.Complete(route.Answer!);
    }

    private static bool MayEnrol(IReadOnlyList<IntakeItem> items, IntakeOptions options) =>
        options.Run is not null || items.Any(item => item.Event!.Event.Type == EventTypes.MemberRegistered);

    /// <summary>A claim that was cut off before its enrolment leaves a member without an entry.</summary>
    private static bool IsUnknown(MemberAnswer answer) =>
        answer.Rejection?.Kind == RejectionKind.UnknownMember;

    private static MemberRequest Link(
        MemberId member, IdentityRef identity, IntakeItem item, IntakeOptions options) => new()
        {
            Command = new MemberCommand.LinkIdentity(identity),
            Key = EventKey.Of("link", member.ToString(), identity.Handle),
            Actor = options.Actor,
            RunClock = item.Clock,
            DryRun = options.DryRun,
        };

    private MemberRequest Enrolment(MemberId member, IntakeItem first, IntakeOptions options)
    {
        var subject = first.Event!.Subject;
        return new()
        {
            Command = new MemberCommand.Enrol(
                member, first.Event.Event.Time, null, [router.ToRef(subject)],
                ImmutableSortedDictionary<string, Rules.Events.FieldValue>.Empty),
            Key = EventKey.Of("enrol", "", member.ToString()),
            Actor = options.Actor,
            RunClock = first.Clock,
            DryRun = options.DryRun,
            Persons = [router.PersonOf(subject, member)],
        };
    }

    /// <summary>
    /// A full journal is waited for: the lane stands still meanwhile, and so, in the end, does the sender.
    /// </summary>
    private async Task<ImmutableArray<MemberAnswer>> CallAsync(
        MemberId member, ImmutableArray<MemberRequest> requests)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Retry.OnFailedAppend(
                    () => grains.GetGrain<IMemberGrain>(member.ToString()).HandleAll(requests));
            }
            catch (JournalOverloadedException full) when (requests.Length > 1 && attempt < Patience)
            {
                await Task.Delay(full.RetryAfter, time);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "An event could not be handled")]
    private static partial void Broken(ILogger log, Exception failure);
}
