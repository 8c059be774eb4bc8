using System.Diagnostics;
using System.Text.Json;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class HostileInputTests
{
    public static TheoryData<string, string> Sources => new()
    {
        { new string('(', 5_000) + "1" + new string(')', 5_000), CelCodes.TooDeep },
        { new string('[', 60_000), CelCodes.TooDeep },
        { new string('!', 60_000) + "true", CelCodes.TooDeep },
        { new string('-', 60_000) + "x", CelCodes.TooDeep },
        { "1" + string.Concat(Enumerable.Repeat("+1", 30_000)), CelCodes.TooDeep },
        { "x" + string.Concat(Enumerable.Repeat(".a", 30_000)), CelCodes.TooDeep },
        { "x" + string.Concat(Enumerable.Repeat("[0]", 20_000)), CelCodes.TooDeep },
        { string.Concat(Enumerable.Repeat("true?true:", 6_000)) + "true", CelCodes.TooDeep },
        { string.Concat(Enumerable.Repeat("{1:", 20_000)), CelCodes.TooDeep },
        { "[" + string.Concat(Enumerable.Repeat("1,", 30_000)) + "1]", CelCodes.TooLarge },
        { new string('a', 70_000), CelCodes.TooLong },
        { "'" + new string('\\', 101), CelCodes.Syntax },
        { "\"\"\"" + new string('\n', 1_000), CelCodes.Syntax },
        { "1e999", CelCodes.Syntax },
        { "0x", CelCodes.Syntax },
        { "x.all(true, true)", CelCodes.Syntax },
        { "cel.bind(1, 2, 3)", CelCodes.Syntax },
        { "has(1)", CelCodes.Syntax },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_hostile_source_is_refused(string source, string code)
    {
        var found = new CelEnvironment<int>().Variable("x", _ => CelValue.Null).Compile(source).Diagnostics;
        Assert.Equal(code, found[0].Code);
    }

    [Theory]
    [InlineData("(1+", "1/0", ")", 99)]
    [InlineData("[", "x", "]", 99)]
    [InlineData("(x == 1 ? 1 : ", "2", ")", 49)]
    [InlineData("[x].map(a, ", "x", ")", 99)]
    [InlineData("!(", "x == 1", ")", 49)]
    [InlineData("string(", "x", ")", 99)]
    [InlineData("(x == 1 || ", "x / 0 == 1", ")", 99)]
    public void Deep_but_allowed_nesting_compiles_at_once(string open, string inner, string close, int depth)
    {
        var source = string.Concat(Enumerable.Repeat(open, depth)) + inner
            + string.Concat(Enumerable.Repeat(close, depth));
        var environment = new CelEnvironment<long>().Variable("x", each => each);
        var watch = Stopwatch.StartNew();
        environment.Compile(source).Expression!.Evaluate(5);
        Assert.True(watch.ElapsedMilliseconds < 30_000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task One_expression_can_be_compiled_by_many_threads_at_once()
    {
        var source = "event.lines.exists(l, l.paid > 10) && event.lines.map(l, l.paid).sum() > 10";
        for (var round = 0; round < 20; round++)
        {
            var expression = PurchaseSample.Compile(source);
            Func<bool>[] uses =
            [
                () => expression.Matches(PurchaseSample.Beauty),
                () => expression.Evaluate(PurchaseSample.Beauty).AsBool,
                () => expression.Conjuncts.All(each => each.Compile().Matches(PurchaseSample.Beauty)),
            ];
            var results = await Task.WhenAll(uses.Select(use => Task.Factory.StartNew(use)));
            Assert.All(results, Assert.True);
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        var environment = new CelEnvironment<int>();
        Assert.Equal(CelCodes.Syntax, environment.Compile("\ud800").Diagnostics[0].Code);
        Assert.Equal(CelCodes.Syntax, environment.Compile("'\ud800'").Diagnostics[0].Code);
    }

    [Fact]
    public void A_long_chain_of_conditions_is_fine()
    {
        var source = string.Join(" && ", Enumerable.Repeat("x == 1", 2_000));
        var expression = new CelEnvironment<long>().Variable("x", each => each).Compile(source).Expression!;
        Assert.True(expression.Matches(1));
        Assert.False(expression.Matches(2));
        Assert.Equal(2_000, expression.Conjuncts.Count);
    }

    [Theory]
    [InlineData("r.all(a, r.all(b, r.all(c, r.all(d, r.all(e, a + b + c + d + e >= 0)))))")]
    [InlineData("r.map(a, r.map(b, r.map(c, r.map(d, r.map(e, [a, b, c, d, e])))))")]
    [InlineData(
        "r.exists(a, r.exists(b, r.exists(c, 1 / 0 > 1))) || r.all(a, r.all(b, r.all(c, true)))")]
    [InlineData(
        "cel.bind(a, s + s, cel.bind(b, a + a + a + a, cel.bind(c, b + b + b + b, r.map(x, c + c + c))))")]
    [InlineData("r.map(a, s.replace('', s)).map(b, b.replace('', s))")]
    [InlineData("r.map(a, r.map(b, s.matches(s + string(a))))")]
    [InlineData("r.all(a, r.all(b, decimal('79228162514264337593543950335') * (a + 2) > 0 || a >= 0))")]
    [InlineData(
        "r.map(a, '%.100f'.format([1e300])).map(x, r.map(y, '%s%s%s%s%s%s'.format([x, x, x, x, x, x])))")]
    public void A_hostile_rule_runs_out_of_budget_within_moments(string source)
    {
        var environment = new CelEnvironment<int>()
            .Variable("r", _ => (IReadOnlyList<long>)[.. Enumerable.Range(0, 100).Select(each => (long)each)])
            .Variable("s", _ => new string('a', 900));
        var expression = environment.Compile(source).Expression!;
        expression.Evaluate(0);
        var watch = Stopwatch.StartNew();
        var result = expression.Evaluate(0);
        Assert.Equal(CelCodes.Budget, result.AsError.Code);
        Assert.True(watch.ElapsedMilliseconds < 30_000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")]
    [InlineData("(a|aa)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")]
    [InlineData("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void Patterns_do_not_backtrack(string pattern, string text)
    {
        var environment = new CelEnvironment<string>().Variable("t", each => each);
        Assert.False(environment.Compile($"t.matches('{pattern}')").Expression!.Matches(text));
    }

    [Fact]
    public void Random_text_never_throws()
    {
        const string Alphabet = "abx01.,:?!&|=<>+-*/%()[]{}'\"\\\n \tru`é😀";
        var random = new Random(20261122);
        for (var i = 0; i < 3_000; i++)
        {
            var source =
                string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ =>
                    Alphabet[random.Next(Alphabet.Length)]));
            var answer = CelEval.EvaluateLine(JsonSerializer.Serialize(new { expr = source }));
            Assert.StartsWith("{\"", answer, StringComparison.Ordinal);
        }
    }
}
