using FsCheck;
using FsCheck.Fluent;

namespace MallVip.Rules.Tests.Properties;

/// <summary>
/// One step of a generated history, in small numbers: what it means is decided when it is played.
/// </summary>
internal readonly record struct Step(int Kind, int Which, int Amount, int Minutes);

/// <summary>A generated history: the policies it runs under and what happens.</summary>
internal sealed record History(int Policies, Step[] Steps)
{
    public static Arbitrary<History> Arbitrary { get; } = Arb.From(
        from policies in Gen.Choose(0, 23)
        from steps in Gen.ArrayOf(StepGenerator)
        select new History(policies, steps),
        history => Shorter(history));

    private static Gen<Step> StepGenerator =>
        from kind in Gen.Choose(0, 22)
        from which in Gen.Choose(0, 7)
        from amount in Gen.Choose(0, 300)
        from minutes in Gen.Frequency((6, Gen.Choose(0, 600)), (2, Gen.Choose(0, 40_000)))
        select new Step(kind, which, amount, minutes);

    private static IEnumerable<History> Shorter(History history)
    {
        for (var i = 0; i < history.Steps.Length; i++)
            yield return history with { Steps = [.. history.Steps.Where((_, at) => at != i)] };
    }

    public override string ToString() => $"policies {Policies}: {string.Join("; ", Steps)}";
}
