using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Grains.Admission;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Journaling;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>What silos say to each other comes out as it went in.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddSerializer(serializer => serializer.AddRules()).BuildServiceProvider();

    private static readonly MemberId Member = MemberId.Parse("01234567-89ab-cdef-0123-456789abcdef");
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_request_crosses_with_every_command_and_payload()
    {
        foreach (var (_, body) in GoldenBodies.All)
        {
            var request = new MemberRequest
            {
                Command = body.Command,
                Key = EventKey.ForEvent("till/7", "1"),
                Content = UInt128.MaxValue - 5,
                Receipt = EventKey.ForReceipt("hall", "R1"),
                Actor = "till",
                RunClock = Noon,
                AnyAge = true,
                DryRun = true,
                Persons = [new PersonRow(1, UInt128.MaxValue, "phone", "+8613800138000")],
            };
            var copy = Crossed(request);
            Assert.Equal(body.Command.GetType(), copy.Command.GetType());
            Assert.Equal(Json(body.Command), Json(copy.Command));
            Assert.Equal([.. request.Persons], [.. copy.Persons]);
            Assert.Equal(request, copy with { Command = body.Command, Persons = request.Persons });
        }
    }

    [Fact]
    public void An_event_crosses_with_every_payload()
    {
        foreach (var happened in GoldenBodies.All.Select(golden => golden.Body.Command)
            .OfType<MemberCommand.RecordEvent>().Select(command => command.Event))
        {
            var request = new KeepRequest(
                happened, EventKey.ForEvent("s", "i"), 7, EventKey.None, "till",
                [new PersonRow(1, 2, "name", "王")])
            {
                Early = Member,
            };
            var copy = Crossed(request);
            Assert.Equal(happened.Data.GetType(), copy.Event.Data.GetType());
            Assert.Equal(
                Json(new MemberCommand.RecordEvent(happened)),
                Json(new MemberCommand.RecordEvent(copy.Event)));
            Assert.Equal(happened.Time.Offset, copy.Event.Time.Offset);
            Assert.Equal([.. request.Persons], [.. copy.Persons]);
            Assert.Equal(request, copy with { Event = happened, Persons = request.Persons });
        }
    }

    [Fact]
    public void An_event_without_a_field_crosses_with_none()
    {
        var none = ImmutableSortedDictionary<string, FieldValue>.Empty;
        foreach (var data in new EventData[] { new MemberData(none), new CustomData(none) })
        {
            var command = new MemberCommand.RecordEvent(new MallEvent("s", "i", "t", Noon, data));
            var copy = (MemberCommand.RecordEvent)Crossed<MemberCommand>(command);
            Assert.Empty(copy.Event.Data switch
            {
                MemberData member => member.Attributes,
                CustomData custom => custom.Fields,
                _ => throw new InvalidOperationException(),
            });
        }
    }

    [Fact]
    public void An_answer_crosses_whole_and_so_does_one_with_nothing_in_it()
    {
        foreach (var outcome in new[] { new Outcome(), FullOutcome })
        {
            var answer = new MemberAnswer(AnswerStatus.Duplicate, outcome, null, 17);
            var copy = Crossed(answer);
            Assert.Equal(JsonSerializer.Serialize(answer), JsonSerializer.Serialize(copy));
            Assert.False(copy.Outcome!.Lines.IsDefault || copy.Outcome.Warnings.IsDefault);
        }

        foreach (var kind in Enum.GetValues<RejectionKind>())
        {
            var refused = new MemberAnswer(
                AnswerStatus.Rejected, null, new Rejection(kind, "data.paid", "Too much."), 0);
            Assert.Equal(refused, Crossed(refused));
        }
    }

    [Fact]
    public void A_reading_crosses_with_the_state_to_the_byte()
    {
        foreach (var state in new[] { MemberState.Empty, State })
        {
            var copy = Assert.IsType<MemberReading.Snapshot>(
                Crossed<MemberReading>(new MemberReading.Snapshot(state, 3)));
            Assert.Equal(MemberSnapshot.Write(state), MemberSnapshot.Write(copy.State));
            Assert.Equal(3, copy.Seq);
        }
    }

    [Fact]
    public void A_page_crosses_with_every_body_to_the_byte()
    {
        foreach (var (_, body) in GoldenBodies.All)
        {
            var entry = new HistoryEntry(1, Noon, "till", "v", body);
            var page = Assert.IsType<MemberReading.Page>(
                Crossed<MemberReading>(new MemberReading.Page([entry], 9)));
            Assert.Equal(JournalJson.Write(body), JournalJson.Write(page.Entries.Single().Body));
            Assert.Equal(entry, page.Entries.Single() with { Body = body });
        }
    }

    [Fact]
    public void Queries_and_claims_cross()
    {
        Same<MemberQuery>(new MemberQuery.State(Noon));
        Same<MemberQuery>(new MemberQuery.State());
        Same<MemberQuery>(new MemberQuery.History(null, 500));
        Same(new ClaimAnswer(Member, 4, new Pledge(EventKey.ForEvent("s", "i"), Noon)));
        Same(new KeepAnswer(KeepStatus.Claimed, Member));
        Same(new KeepAnswer(KeepStatus.Full, null));
        Same<MemberId?>(Member);
        Same<MemberId?>(null);
        var claim = new ClaimRequest(
            Member, new("phone", "ab"), "desk", Noon, []);
        Assert.Equal(claim, Crossed(claim) with { Persons = claim.Persons });
    }

    [Fact]
    public void Failures_cross_with_what_the_caller_goes_by()
    {
        var full = Crossed(new JournalOverloadedException(TimeSpan.FromMilliseconds(250)));
        Assert.Equal(TimeSpan.FromMilliseconds(250), full.RetryAfter);
        var failed = Crossed(new AppendFailedException(
            AppendFailure.OutcomeUnknown, new GrainKey(GrainKind.Member, 5), "not known"));
        Assert.Equal(AppendFailure.OutcomeUnknown, failed.Reason);
        Assert.Equal(new GrainKey(GrainKind.Member, 5), failed.Grain);
        Assert.Equal("not known", failed.Message);
    }

    [Fact]
    public void Failures_cross_whatever_caused_them()
    {
        var cause = new PostgresException("terminating connection", "FATAL", "FATAL", "57P01");
        Exception[] failures =
        [
            new JournalUnreachableException("away", new NpgsqlException("broken", cause)),
            new AppendFailedException(
                AppendFailure.StoreFailed, new GrainKey(GrainKind.Member, 5), "not written", cause),
        ];
        foreach (var failure in failures)
        {
            var copy = Crossed(failure);
            Assert.IsType(failure.GetType(), copy);
            Assert.Equal(failure.InnerException!.Message, copy.InnerException!.Message);
        }
    }

    [Fact]
    public void Every_passing_inability_crosses_as_what_it_is()
    {
        Exception[] passing =
        [
            new AppendFailedException(AppendFailure.Closed, new GrainKey(GrainKind.Member, 5), "closed"),
            new GrainOverloadedException("full", TimeSpan.FromSeconds(1)),
            new GrainRuntimeStoppingException(),
            new IndexRebuildingException("anew"),
            new JournalOverloadedException(TimeSpan.FromSeconds(1)),
            new JournalUnreachableException("away"),
            new JournalUnsettledException(TimeSpan.FromSeconds(10)),
            new ProgrammeNotLoadedException("v2"),
            new TimeoutException("late"),
        ];
        foreach (var failure in passing)
        {
            var copy = Crossed(failure);
            Assert.IsType(failure.GetType(), copy);
            Assert.Equal(failure.Message, copy.Message);
            Assert.True(Unavailable.Is(copy), failure.GetType().Name);
        }
    }

    [Fact]
    public void Within_a_silo_nothing_is_copied()
    {
        var copier = _services.GetRequiredService<DeepCopier>();
        var command = new MemberCommand.FireDue();
        var request = new MemberRequest { Command = command, Key = EventKey.None, Actor = "a" };
        Assert.Same(request, copier.Copy(request));
        Assert.Same(request.Command, copier.Copy(request.Command));
        Assert.Same(State, copier.Copy(State));
        Assert.Same(request, copier.Copy(ImmutableArray.Create(request)).Single());
    }

    public void Dispose() => _services.Dispose();

    private static Outcome FullOutcome => new()
    {
        Lines = [new("points/base", "points", new(60), 3, null, Noon)],
        Wallets = [new("points", new(-12), new(7))],
        TierBefore = "basic",
        TierAfter = "gold",
        TagsAdded = ["vip"],
        TagsRemoved = ["new"],
        Achievements = ["week"],
        Spent = [new("points", new(30), new(2))],
        Reversed = [new("points", new(1), new(2), new(3))],
        Warnings = [new("rule_failed", "Division by zero.", null)],
        Waits = true,
    };

    private static MemberState State { get; } = MemberState.Empty with
    {
        Id = Member,
        EnrolledAt = Noon,
        HomeMall = "plaza",
        Identities = [new("phone", "ab")],
        Tags = [new("vip", Noon, Noon.AddDays(1), "points/vip")],
        Wallets = [new("points") { Balance = new(-12), Earned = new(60), Spent = new(72) }],
        Lots = [new(2, "points", new(60), new(5), Noon, Noon.AddYears(1), 7)],
        NextLot = 3,
        Tier = new("gold", Noon, null),
        Limits = [new("points/base", new(2026, 11, 21), new(2026, 11, 22), 2, new(60))],
        Parking = [new("north", "h2", null, Noon)],
        FiredThrough = Noon,
        Events = 9,
    };

    private void Same<T>(T value) => Assert.Equal(value, Crossed(value));

    private T Crossed<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer<T>>();
        return serializer.Deserialize(serializer.SerializeToArray(value))!;
    }

    private static string Json(MemberCommand command) =>
        JsonSerializer.Serialize(command, JournalJson.Options);
}
