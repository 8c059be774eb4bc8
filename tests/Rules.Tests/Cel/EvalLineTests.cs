using System.Text.Json;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class EvalLineTests
{
    [Theory]
    [InlineData("""{"expr":"x + 0.2","bindings":{"x":{"decimal":"0.1"}}}""",
        """{"value":{"decimal":"0.3"}}""")]
    [InlineData("""{"expr":"x","bindings":{"x":{"decimal":"0.30"}}}""", """{"value":{"decimal":"0.30"}}""")]
    [InlineData(
        """{"expr":"t+d","bindings":{"t":{"timestamp":"2026-11-21T12:00:00+08:00"},"d":{"duration":"1h"}}}""",
        """{"value":{"timestamp":"2026-11-21T05:00:00Z"}}""")]
    [InlineData("""{"expr":"duration('1.5s')"}""", """{"value":{"duration":"1.5s"}}""")]
    [InlineData("""{"expr":"[1, 2u, 1.5, null, true]"}""",
        """{"value":{"list":[{"int":"1"},{"uint":"2"},{"double":"1.5"},{"null":null},{"bool":true}]}}""")]
    [InlineData("""{"expr":"{'会员': type(1), 1: b'a'}"}""",
        """{"value":{"map":[[{"string":"会员"},{"type":"int"}],[{"int":"1"},{"bytes":"YQ=="}]]}}""")]
    [InlineData("""{"expr":"a.b.c","bindings":{"a.b.c":{"int":"1"}}}""", """{"value":{"int":"1"}}""")]
    [InlineData("""{"expr":"x","container":"com.shop","bindings":{"com.shop.x":{"bool":true}}}""",
        """{"value":{"bool":true}}""")]
    [InlineData("""{"expr":"nope || true","disable_check":true}""", """{"value":{"bool":true}}""")]
    [InlineData("""{"expr":"1 +\n y"}""",
        """{"error":{"code":"CEL_UNKNOWN_VARIABLE","message":"There is no variable 'y'.","line":2,"""
        + "\"column\":2}}")]
    [InlineData("""{"expr":"1 + 1 / 0"}""",
        """{"error":{"code":"CEL_DIVIDE_BY_ZERO","message":"Division by zero.","line":1,"column":7}}""")]
    public void A_request_gets_its_answer(string line, string answer) =>
        Assert.Equal(answer, CelEval.EvaluateLine(line));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"expr":5}""")]
    [InlineData("""{"expr":"1","bindings":[]}""")]
    [InlineData("""{"expr":"1","bindings":{"x":5}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{}}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{"int":5}}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{"int":"5.5"}}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{"strange":"5"}}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{"map":[[{"int":"1"}]]}}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{"bytes":"***"}}}""")]
    [InlineData("""{"expr":"\ud800"}""")]
    [InlineData("""{"\ud800":"1","expr":"1","bindings":{"\ud800":{"int":"1"}}}""")]
    [InlineData("""{"expr":"1","bindings":{"x":{"\ud800":"1"}}}""")]
    [InlineData("""{"expr":"1","disable_check":"yes"}""")]
    public void Malformed_input_gets_an_error_object(string line)
    {
        using var answer = JsonDocument.Parse(CelEval.EvaluateLine(line));
        Assert.Equal(CelCodes.BadInput,
            answer.RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void Deep_json_and_half_a_surrogate_pair_get_an_error_object()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"list":[""", 5_000));
        Assert.Contains(CelCodes.BadInput, CelEval.EvaluateLine(deep), StringComparison.Ordinal);
        var half = CelEval.EvaluateLine("{\"expr\":\"\ud800\"}");
        Assert.Contains(CelCodes.BadInput, half, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123456.75", "123456.75")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("-123456789012345678.0", "-123456789012345680")]
    [InlineData("1e21", "1e+21")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-1.5e-7", "-1.5e-07")]
    [InlineData("1.5e300", "1.5e+300")]
    public void Doubles_are_written_with_the_fewest_digits(string number, string text) => Assert.Equal(
        $"{{\"value\":{{\"string\":\"{text}\"}}}}",
        CelEval.EvaluateLine($"{{\"expr\":\"string({number})\"}}"));

    [Fact]
    public void Macros_can_be_switched_off()
    {
        var answer = CelEval.EvaluateLine("""{"expr":"[1].exists(x, x == 1)","disable_macros":true}""");
        Assert.Contains(CelCodes.UnknownFunction, answer, StringComparison.Ordinal);
    }
}
