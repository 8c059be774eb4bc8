using MallVip.Rules.Achievements;
using MallVip.Rules.Cel;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary><c>member</c>: what expressions may read of the member, as of before the event.</summary>
internal sealed class MemberVocabulary(Declarations declared)
{
    /// <summary>The problem with a literal that names no wallet: a code of the texts.</summary>
    public const string UnknownWallet = "WALLET_UNKNOWN";

    /// <summary>The problem with a literal that names no achievement.</summary>
    public const string UnknownAchievement = "ACHIEVEMENT_UNKNOWN";

    /// <summary>The problem with a literal that names no tag, where tags are declared.</summary>
    public const string UnknownTag = "TAG_UNKNOWN";

    private const string NotByDay = "WALLET_WITHOUT_WINDOWS";
    private const string NotKept = "WINDOW_NOT_KEPT";

    public CelObjectType<EvalContext> Build()
    {
        var type = new CelObjectType<EvalContext>("member");
        AddFacts(type);
        AddWallets(type);
        AddWindows(type);
        AddAchievements(type);
        return type;
    }

    private void AddFacts(CelObjectType<EvalContext> type)
    {
        var tiers = CelType.Enum("tier", declared.Tiers.Select(tier => tier.Id).Append(""));
        var malls = CelType.Enum("mall", declared.Malls.Keys.Append(""));
        var attributes = new CelObjectType<EvalContext>("attributes");
        foreach (var attribute in declared.Attributes.Values)
        {
            var name = attribute.Name;
            FieldVocabulary.Add(attributes, attribute, c => c.Member.Attributes.GetValueOrDefault(name));
        }

        type.Field("tier", c => c.Member.Tier?.Tier ?? "", tiers)
            .Field("status", c => Standing.Of(c.Member).Word, CelType.Enum("status", Standing.Names))
            .Field("mall", c => c.Member.HomeMall ?? "", malls)
            .Field("enrolled", c => c.Member.EnrolledAt)
            .Field("events", c => (long)c.Member.Events)
            .Field("tags", TagsOf)
            .Field("attributes", c => c, attributes)
            .Field("isBirthday", Birthdays.IsToday)
            .Field("isBirthdayMonth", Birthdays.IsThisMonth)
            .Field("reviews", c => (long)(c.Member.Reviews?.Open.Length ?? 0))
            .Field("friends", c => (long)c.Member.Friends)
            .Field("referred", c => c.Member.Referrer is not null)
            .Method("consents", (EvalContext c, string purpose) =>
                c.Member.FindConsent(purpose) is { Granted: true })
            .Method("verified", (EvalContext c, string kind) => HasVerified(c, kind));
        if (declared.Tags.Count == 0)
            type.Method("hasTag", (EvalContext c, string tag) => HasTag(c, tag));
        else
            type.LiteralMethod("hasTag", Tag, (EvalContext c, string tag) => HasTag(c, tag));
    }

    private void AddWallets(CelObjectType<EvalContext> type) => type
        .LiteralMethod("balance", Wallet, (EvalContext c, string wallet) =>
            Find(c, wallet)?.Balance.Value ?? 0)
        .LiteralMethod("pending", Wallet, (EvalContext c, string wallet) =>
            Find(c, wallet)?.Pending.Value ?? 0)
        .LiteralMethod("earned", Wallet, (EvalContext c, string wallet) =>
            Find(c, wallet)?.Earned.Value ?? 0)
        .LiteralMethod<string, DayWindow, long>(
            "earned", CountedWallet, DayWindow.TryParse, (c, wallet, window) =>
                (long)c.Member.Gains.Spent(window.FirstDay(c), c.Day, wallet));

    private void AddWindows(CelObjectType<EvalContext> type) => type
        .LiteralMethod<MemberWindow, decimal>("spent", Window, (c, window) => window.IsShort
            ? Recent(c, isBack: false, window).Paid
            : c.Member.Days.Spent(window.Days.FirstDay(c), c.Day))
        .LiteralMethod<MemberWindow, long>("purchases", Window, (c, window) => window.IsShort
            ? Recent(c, isBack: false, window).Count
            : c.Member.Days.Purchases(window.Days.FirstDay(c), c.Day))
        .LiteralMethod<MemberWindow, long>(
            "refunds", Span, (c, window) => Recent(c, isBack: true, window).Count)
        .LiteralMethod<MemberWindow, decimal>(
            "refunded", Span, (c, window) => Recent(c, isBack: true, window).Paid)
        .LiteralMethod<DayWindow, long>(
            "visits", DayWindow.TryParse, (c, window) => c.Member.Days.Visits(window.FirstDay(c), c.Day));

    private static (int Count, decimal Paid) Recent(EvalContext context, bool isBack, MemberWindow window) =>
        RecentReceipts.In(context.Member.Recent, isBack, context.Event.Time, window.Span);

    private void AddAchievements(CelObjectType<EvalContext> type) => type
        .LiteralMethod("achieved", Achievement, (EvalContext c, string achievement) =>
            (long)(c.Member.Achievements?.SumOf(achievement).Times ?? 0))
        .LiteralMethod("progress", Achievement, (EvalContext c, string achievement) =>
            Progress(c, achievement)?.Shown ?? 0)
        .LiteralMethod("streak", Achievement, (EvalContext c, string achievement) =>
            (long)(Progress(c, achievement)?.Sum ?? 0));

    private static AchievementProgress? Progress(EvalContext context, string achievement) =>
        context.Programme.FindAchievement(achievement) is { } found
            ? AchievementProgress.Of(context.Member, found, context.Day)
            : null;

    private CelLiteralParser<string> Achievement => (string text, out string value, out string problem) =>
    {
        (value, problem) = (text, UnknownAchievement);
        return declared.Achievements.Any(one => one.Achievement.Id == text);
    };

    private CelLiteralParser<MemberWindow> Window =>
        (string text, out MemberWindow value, out string problem) =>
        {
            var isWindow = MemberWindow.TryParse(text, out value, out problem);
            problem = isWindow ? NotKept : problem;
            return isWindow && (declared.ShortWindows || !value.IsShort);
        };

    private CelLiteralParser<MemberWindow> Span =>
        (string text, out MemberWindow value, out string problem) =>
        {
            var isWindow = MemberWindow.TryParseSpan(text, out value, out problem);
            problem = isWindow ? NotKept : problem;
            return isWindow && declared.ShortWindows;
        };

    private CelLiteralParser<string> Tag => (string text, out string value, out string problem) =>
    {
        (value, problem) = (text, UnknownTag);
        return declared.Tags.ContainsKey(text);
    };

    private CelLiteralParser<string> Wallet => (string text, out string value, out string problem) =>
    {
        (value, problem) = (text, UnknownWallet);
        return declared.Wallets.Any(wallet => string.Equals(wallet.Id, text, StringComparison.Ordinal));
    };

    private CelLiteralParser<string> CountedWallet => (string text, out string value, out string problem) =>
    {
        var isKnown = Wallet(text, out value, out problem);
        problem = isKnown ? NotByDay : problem;
        return isKnown && declared.Wallets.First(wallet => wallet.Id == text).Windows;
    };

    private static WalletState? Find(EvalContext context, string wallet)
    {
        foreach (var state in context.Member.Wallets)
            if (string.Equals(state.Wallet, wallet, StringComparison.Ordinal))
                return state;
        return null;
    }

    private static bool HasVerified(EvalContext context, string kind)
    {
        foreach (var verified in context.Member.Verified)
            foreach (var identity in context.Member.Identities)
                if (identity.Handle == verified.Handle && identity.Kind == kind)
                    return true;
        return false;
    }

    // A tag whose end has come no longer holds, whether or not its removal has been recorded.
    private static bool HasTag(EvalContext context, string name)
    {
        foreach (var tag in context.Member.Tags)
            if (string.Equals(tag.Tag, name, StringComparison.Ordinal))
                return tag.Until is null || tag.Until > context.Event.Time;
        return false;
    }

    private static IReadOnlyList<string> TagsOf(EvalContext context)
    {
        var tags = new List<string>(context.Member.Tags.Length);
        foreach (var tag in context.Member.Tags)
            if (tag.Until is null || tag.Until > context.Event.Time)
                tags.Add(tag.Tag);
        return tags;
    }
}
