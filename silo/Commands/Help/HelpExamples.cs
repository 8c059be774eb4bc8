using System.Collections.Immutable;

namespace MallVip.Silo.Commands.Help;

/// <summary>
/// What <c>--help</c> shows to be typed; what each line is for stands in the console's texts as
/// <c>help.VERB.example.N</c>. A test parses every line.
/// </summary>
internal static class HelpExamples
{
    /// <summary>By the verb's path; the root's is empty.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> All { get; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty
            .WithComparers(StringComparer.Ordinal)
            .Add("", ["mallvip", "mallvip demo", "mallvip check --rules my-mall"])
            .Add("serve",
            [
                "mallvip serve --rules my-mall --data data",
                "mallvip serve --urls http://0.0.0.0:5100",
                "mallvip serve --api-only --urls http://127.0.0.1:5200",
            ])
            .Add("demo", ["mallvip demo", "mallvip demo --seconds 60 --members 20000 --seed 7"])
            .Add("simulate",
            [
                "mallvip simulate --days 1 --out day.ndjson",
                "mallvip simulate --duplicates 0.05 --reordered 0.1 --seed 42 --out odd.ndjson",
            ])
            .Add("import",
            [
                "mallvip import members --csv members.csv --map members.yaml --state members.state",
                "mallvip import purchases --csv 2025.csv --map till.yaml --to http://127.0.0.1:5100",
            ])
            .Add("import purchases",
            [
                "mallvip import purchases --csv 2025.csv --map till.yaml --state 2025.state",
                "mallvip import purchases --csv 2025.csv --map till.yaml --ndjson look.ndjson",
                "mallvip import purchases --csv 2025.csv --map till.yaml --to http://till-hub:5100 --key K",
            ])
            .Add("import members",
            [
                "mallvip import members --csv members.csv --map members.yaml --state members.state",
                "mallvip import members --csv members.csv --map members.yaml --strict --json",
            ])
            .Add("import events",
            [
                "mallvip import events --csv gate.csv --map gate.yaml --rejects gate.rejects.csv",
                "mallvip import events --csv gate.csv --map gate.yaml --to http://127.0.0.1:5100",
            ])
            .Add("replay",
            [
                "mallvip replay --rules my-mall --events day.ndjson --out members.ndjson",
                "mallvip replay --events day.ndjson --until 2026-12-31T23:59:59+08:00",
            ])
            .Add("check",
            [
                "mallvip check --rules my-mall",
                "mallvip check --rules my-mall --json",
                "mallvip check --rules my-mall --overview",
                "mallvip check --rules my-mall --graph",
            ])
            .Add("publish",
            [
                "mallvip publish --rules my-mall --dry-run",
                "mallvip publish --rules my-mall --note sale --at 2026-12-01T00:00:00+08:00",
                "mallvip publish --rules my-mall --to http://till-hub:5100 --allow wallet:bonus",
            ])
            .Add("rollback", ["mallvip rollback", "mallvip rollback --version 3f9c01ab --note mistake"])
            .Add("history", ["mallvip history", "mallvip history --limit 100 --json"])
            .Add("diff", ["mallvip diff", "mallvip diff --from 3f9c01ab --until 77aa02cd"])
            .Add("eval", ["mallvip eval"])
            .Add("why",
            [
                "mallvip why phone:+8613800138000 12",
                "mallvip why 0b7d9c1e-6a52-4c39-9d7e-2f1f3a9b8c11 12 --line 2 --json",
                "mallvip why phone:+8613800138000 12 --to http://127.0.0.1:5100",
            ])
            .Add("verify",
            [
                "mallvip verify --data data",
                "mallvip verify --export-anchor anchor.json",
                "mallvip verify --anchor anchor.json",
            ])
            .Add("report",
            [
                "mallvip report points --from 2026-11-01 --to 2026-11-30 --out november.csv",
                "mallvip report outstanding --cost points=0.01 --format json",
                "mallvip report funding --from 2026-11-01 --to 2026-11-30",
                "mallvip report waiting",
                "mallvip report day-close --store noodles --from 2026-11-22 --to 2026-11-22 --till till.csv",
            ])
            .Add("backtest",
            [
                "mallvip backtest --rules rules --from 2026-01-01",
                "mallvip backtest --rules rules --sample 10% --cpu 50% --format csv --out draft.csv",
                "mallvip backtest --rules rules --against published",
            ])
            .Add("batch",
            [
                "mallvip batch sorry.csv --reason outage-of-21-november --dry-run",
                "mallvip batch sorry.csv --reason outage-of-21-november --approve --watch",
                "mallvip batch --id 3f9c01ab77aa02cd3f9c01ab77aa02cd --approve --watch",
            ])
            .Add("migrate", ["mallvip migrate"])
            .Add("move", ["mallvip move --data data"])
            .Add("key", ["mallvip key"]);
}
