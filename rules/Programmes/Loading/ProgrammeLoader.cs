using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Cases;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Network;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// Makes programmes of files: reads, checks, compiles, runs the cases. Keep one for as long as a programme
/// lives: it remembers the expressions of the version before. Not for several threads at once.
/// </summary>
/// <param name="matchers">Makes the matcher; null: MallVip's own network.</param>
public sealed class ProgrammeLoader(IMatcherBuilder? matchers = null)
{
    /// <summary>The file that declares malls, stores, wallets and tiers.</summary>
    public const string MainFile = "programme.yaml";

    private RuleLanguage? _language;
    private string _declaredBy = "";

    /// <summary>Loads texts by relative path.</summary>
    public ProgrammeResult Load(IReadOnlyDictionary<string, string> texts) => Load(ProgrammeFiles.Of(texts));

    public ProgrammeResult Load(ProgrammeFiles files) => Load(files, withCases: true);

    /// <summary>
    /// Loads a version that was published before. Its cases gated it then and are not run again: a later
    /// build must be able to read it.
    /// </summary>
    public ProgrammeResult LoadPublished(IReadOnlyDictionary<string, string> texts) =>
        Load(ProgrammeFiles.Of(texts), withCases: false);

    private ProgrammeResult Load(ProgrammeFiles files, bool withCases)
    {
        var findings = new Findings();
        foreach (var unreadable in files.Unreadable)
            findings.Add(unreadable);
        var documents = new Documents(files, findings);
        if (documents.Main is not { } main)
            return new(null, findings.Sorted(), 0, 0);
        var declared = new DeclarationReader(main, documents.StoreFiles, findings).Read();
        var reader = new RuleReader(declared, findings);
        var ruleFiles = documents.RuleFiles.Select(file => reader.Read(file.Path, file.Map))
            .OfType<RuleFile>().ToArray();
        var language = LanguageOf(declared, documents.DeclarationText);
        var result = Compile(files, ruleFiles, language, findings, withCases);
        if (result.Programme is not null)
            (_language, _declaredBy) = (language, documents.DeclarationText);
        return result;
    }

    private ProgrammeResult Compile(
        ProgrammeFiles files, IReadOnlyList<RuleFile> ruleFiles, RuleLanguage language, Findings findings,
        bool withCases)
    {
        var compiler = new RuleCompiler(language, findings);
        var tiers = compiler.CompileTiers();
        var achievements = compiler.CompileAchievements();
        var compiled = ruleFiles
            .Select(file =>
                (File: file, Rules: file.Rules.Select(compiler.Compile).OfType<CompiledRule>().ToArray()))
            .ToArray();
        var rules = compiled.SelectMany(file => file.Rules).ToArray();
        TriggerCycles.Check(rules, findings);
        if (findings.HasErrors)
            return new(null, findings.Sorted(), language.Compilations, 0);
        var version = files.Version();
        var whole = Make(language, tiers, achievements, rules, version, files.Texts);
        if (!withCases)
            return new(whole, findings.Sorted(), language.Compilations, 0);
        var cases = 0;
        var fired = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, own) in compiled)
        {
            var ownOnly = new Lazy<Programme>(
                () => Make(language, tiers, achievements, own, version, files.Texts));
            var checker = new CaseChecker(file, ownOnly, whole, language.Declared, findings);
            cases += checker.Run();
            fired.UnionWith(checker.Fired);
        }

        foreach (var (file, own) in findings.HasErrors ? [] : compiled)
            WarnOfUntried(file, own.Select(rule => rule.Rule.Ref.Rule).Except(fired), findings);
        return new(findings.HasErrors ? null : whole, findings.Sorted(), language.Compilations, cases);
    }

    /// <summary>A rule that no case fires may do anything; a file without cases is one finding.</summary>
    private static void WarnOfUntried(RuleFile file, IEnumerable<string> untried, Findings findings)
    {
        var ids = untried.ToHashSet(StringComparer.Ordinal);
        if (file.Cases is null && ids.Count > 0)
            findings.Warning(file.RuleSet.Place, "RULESET_WITHOUT_CASES", file.RuleSet.Value);
        else
            foreach (var rule in file.Rules.Where(rule => ids.Contains(rule.Rule.Ref.Rule)))
                findings.Warning(rule.Id.Place, "RULE_WITHOUT_CASE", rule.Id.Value);
    }

    private Programme Make(
        RuleLanguage language,
        ImmutableArray<Tier> tiers,
        ImmutableArray<Achievement> achievements,
        IReadOnlyList<CompiledRule> rules,
        string version,
        ImmutableSortedDictionary<string, string> sources)
    {
        var declared = language.Declared;
        return new()
        {
            Version = version,
            Name = declared.Name,
            Zone = declared.Zone,
            Malls = declared.Malls,
            Categories = declared.Categories,
            Stores = declared.Stores,
            Wallets = declared.Wallets,
            ApproveAbove = declared.ApproveAbove,
            Claims = declared.Claims,
            DeskReceipts = declared.DeskReceipts,
            RewardTenders = declared.RewardTenders,
            Tiers = tiers,
            Achievements = achievements,
            Tags = declared.Tags,
            ReferralWaitDays = declared.ReferralWaitDays,
            ShortWindows = declared.ShortWindows,
            Calendars = declared.Calendars,
            Targets = declared.Targets,
            Coupons = declared.Coupons,
            Rewards = declared.Rewards,
            Attributes = declared.Attributes,
            EventTypes = declared.EventTypes,
            ParkingLots = declared.ParkingLots,
            ParkingEntitlements = declared.ParkingEntitlements,
            Rules = [.. rules.Select(rule => rule.Rule).OrderBy(rule => rule.Order)],
            RuleTypes = rules.Select(rule => rule.Rule.On).ToFrozenSet(StringComparer.Ordinal),
            Timed = [.. rules.Select(rule => TimedEvent.Parse(rule.Rule.On)).OfType<TimedEvent>().Distinct()
                .OrderBy(timed => timed.Kind).ThenBy(timed => timed.Days)],
            HasGuards = rules.Any(rule => rule.Rule.Action is RuleAction.Review),
            HasChains = rules.Any(rule => EventTypes.IsChained(rule.Rule.On)),
            TagEnds = rules.Where(rule => rule.Rule.Until is not null).ToFrozenDictionary(
                rule => rule.Rule.Ref.Rule, rule => new TagEnd(rule.Rule.Ref, rule.Rule.Until!),
                StringComparer.Ordinal),
            Matcher = matchers?.Build(NetworkBuilder.Open(rules, language))
                ?? NetworkBuilder.Build(rules, language),
            Compiled = rules.ToFrozenDictionary(rule => rule.Rule.Ref.Rule, StringComparer.Ordinal),
            Sources = sources,
        };
    }

    private RuleLanguage LanguageOf(Declarations declared, string declaredBy) =>
        _language is not null && string.Equals(_declaredBy, declaredBy, StringComparison.Ordinal)
            ? _language.Next()
            : new RuleLanguage(declared);
}
