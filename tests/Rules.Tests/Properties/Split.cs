using FsCheck;
using FsCheck.Fluent;

namespace MallVip.Rules.Tests.Properties;

/// <summary>
/// A purchase and the parts by which all or some of it comes back, with what happened in between: spends,
/// other purchases and time. All in small numbers; what they mean is decided when it is played.
/// </summary>
/// <param name="Early">How many of the parts come before the purchase.</param>
internal sealed record Split(int Paid, int Early, SplitStep[] Steps)
{
    public static Arbitrary<Split> Arbitrary { get; } = Arb.From(
        from paid in Gen.Choose(1, 900)
        from early in Gen.Choose(0, 2)
        from steps in Gen.ArrayOf(StepGenerator)
        select new Split(paid, early, steps),
        split => split.Steps.Select((_, i) =>
            split with { Steps = [.. split.Steps.Where((_, at) => at != i)] }));

    private static Gen<SplitStep> StepGenerator =>
        from kind in Gen.Choose(0, 4)
        from percent in Gen.Choose(1, 60)
        from days in Gen.Frequency((4, Gen.Constant(0)), (2, Gen.Choose(1, 25)))
        select new SplitStep(kind, percent, days);

    public override string ToString() => $"{Paid} paid, {Early} early: {string.Join("; ", Steps)}";
}

/// <summary>A part that comes back (0 to 2), a spend (3) or another purchase (4).</summary>
internal readonly record struct SplitStep(int Kind, int Percent, int Days);
