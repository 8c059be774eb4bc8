using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

/// <summary>
/// Compiled code on known types must give what the same expression gives when every type is found at run
/// time.
/// </summary>
public class FastPathTests
{
    private static readonly string[] Operators = ["+", "-", "*", "/", "%"];
    private static readonly string[] Relations = ["==", "!=", "<", "<=", ">", ">="];

    private static readonly string[] Macros = ["all", "exists", "exists_one"];

    private static readonly CelEnvironment<Sample> Typed = new CelEnvironment<Sample>()
        .Variable("i", each => each.Int)
        .Variable("u", each => each.Uint)
        .Variable("d", each => each.Double)
        .Variable("m", each => each.Money)
        .Variable("s", each => each.Text)
        .Variable("b", each => each.Flag)
        .Variable("li", each => each.Ints)
        .Variable("ls", each => each.Texts);

    private static readonly CelEnvironment<Sample> Dynamic = new CelEnvironment<Sample>()
        .Variable("i", each => CelValue.Of(each.Int))
        .Variable("u", each => CelValue.Of(each.Uint))
        .Variable("d", each => CelValue.Of(each.Double))
        .Variable("m", each => CelValue.Of(each.Money))
        .Variable("s", each => CelValue.Of(each.Text))
        .Variable("b", each => CelValue.Of(each.Flag))
        .Variable("li", each => CelValue.Of(CelList.Of([.. each.Ints.Select(CelValue.Of)])))
        .Variable("ls", each => CelValue.Of(CelList.Of([.. each.Texts.Select(CelValue.Of)])));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Known_types_and_types_found_at_run_time_agree(int seed)
    {
        var random = new Random(seed);
        var compared = 0;
        for (var i = 0; i < 120; i++)
        {
            var source = Bool(random, 3);
            var fast = Typed.Compile(source).Expression;
            var slow = Dynamic.Compile(source).Expression;
            Assert.True(fast is not null && slow is not null, source);
            for (var j = 0; j < 5; j++)
            {
                var sample = Sample.Draw(random);
                var (left, right) = (fast.Evaluate(sample), slow.Evaluate(sample));
                Assert.True(Same(left, right),
                    $"{source}\n{sample}\n{left.Kind} {left}\n{right.Kind} {right}");
                compared += left.IsError ? 0 : 1;
            }
        }
        Assert.True(compared > 300, $"only {compared} had a value");
    }

    /// <summary>Both fail, or both give the same; which of two failures comes first is left open.</summary>
    private static bool Same(CelValue left, CelValue right) =>
        left.IsError || right.IsError ? left.IsError && right.IsError : left == right;

    private static string Bool(Random random, int depth) => random.Next(depth > 0 ? 11 : 4) switch
    {
        0 => "b",
        1 => $"{Number(random, 'i', depth)} {Pick(random, Relations)} {Number(random, 'i', depth)}",
        2 => Compared(random, Number(random, 'm', depth), Number(random, Pick(random, "imu"), depth)),
        3 => $"{Text(random, depth)} {Pick(random, Relations)} {Text(random, depth)}",
        4 => $"({Bool(random, depth - 1)} && {Bool(random, depth - 1)})",
        5 => $"({Bool(random, depth - 1)} || {Bool(random, depth - 1)})",
        6 => $"!({Bool(random, depth - 1)})",
        7 => $"({Bool(random, depth - 1)} ? {Bool(random, depth - 1)} : {Bool(random, depth - 1)})",
        8 => $"li.{Pick(random, Macros)}(x, {Compared(random, "x", Number(random, 'i', 1))})",
        9 => $"{Number(random, Pick(random, "ud"), depth)} < {Number(random, Pick(random, "ud"), 0)}",
        _ => $"{Text(random, depth)} in ls",
    };

    private static string Compared(Random random, string left, string right) =>
        $"{left} {Pick(random, Relations)} {right}";

    private static string Number(Random random, char type, int depth)
    {
        if (depth <= 0 || random.Next(3) == 0)
            return random.Next(2) == 0 ? $"{type}" : Literal(random, type);
        if (random.Next(5) == 0)
            return $"({Bool(random, depth - 1)} ? {Inner()} : {Inner()})";
        return $"({Inner()} {Pick(random, type == 'd' ? Operators[..4] : Operators)} {Inner()})";

        string Inner() => Number(random, type, depth - 1);
    }

    private static string Literal(Random random, char type) => type switch
    {
        'i' => $"{random.Next(-3, 4)}",
        'u' => $"{random.Next(0, 4)}u",
        'd' => $"{random.Next(0, 4)}.5",
        _ => $"decimal('{random.Next(-3, 4)}.25')",
    };

    private static string Text(Random random, int depth) => random.Next(depth > 0 ? 4 : 2) switch
    {
        0 => "s",
        1 => $"'{Pick(random, ["", "a", "ab", "会员"])}'",
        2 => $"({Text(random, depth - 1)} + {Text(random, depth - 1)})",
        _ => $"{Text(random, depth - 1)}.substring({random.Next(0, 3)})",
    };

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static char Pick(Random random, string from) => from[random.Next(from.Length)];

    private sealed record Sample(
        long Int, ulong Uint, double Double, decimal Money, string Text, bool Flag,
        IReadOnlyList<long> Ints, IReadOnlyList<string> Texts)
    {
        private static readonly long[] Whole = [0, 1, -1, 3, long.MaxValue, long.MinValue, 7];
        private static readonly double[] Doubles = [0, -0.5, double.NaN, double.PositiveInfinity, 1e300, 2.5];
        private static readonly decimal[] Monies = [0, 0.01m, -1.5m, decimal.MaxValue, 600.50m, 1.25m];
        private static readonly string[] Words = ["", "a", "ab", "b😀", "会员"];

        public static Sample Draw(Random random) => new(
            Pick(random, Whole), (ulong)random.Next(0, 4), Pick(random, Doubles), Pick(random, Monies),
            Pick(random, Words), random.Next(2) == 0,
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random, Whole))],
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random, Words))]);
    }
}
