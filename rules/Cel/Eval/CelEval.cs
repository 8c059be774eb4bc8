using System.Text.Json;

namespace MallVip.Rules.Cel;

/// <summary>One line of the <c>eval</c> command: a JSON request in, a JSON answer out.</summary>
public static class CelEval
{
    /// <summary>
    /// Takes <c>expr</c> with optional <c>bindings</c>, <c>container</c>, <c>disable_check</c> and
    /// <c>disable_macros</c>; other members are ignored. Gives <c>{"value":…}</c> or
    /// <c>{"error":{"code","message","line","column"}}</c>, also for a line that is no such request.
    /// </summary>
    public static string EvaluateLine(string line)
    {
        var (request, problem) = Read(line);
        return CelJson.Answer(request is null ? CelValue.Of(BadInput(problem)) : Evaluate(request));
    }

    /// <summary>JSON readers answer half a surrogate pair with the last two kinds of exceptions.</summary>
    private static (CelEvalRequest? Request, string Problem) Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return (CelEvalRequest.Read(document.RootElement), "");
        }
        catch (Exception mistake) when (mistake is JsonException or CelInputException
            or InvalidOperationException or ArgumentException)
        {
            return (null, mistake.Message);
        }
    }

    private static CelValue Evaluate(CelEvalRequest request)
    {
        var environment = new CelEnvironment<IReadOnlyDictionary<string, CelValue>>()
            .Container(request.Container);
        foreach (var (name, value) in request.Bindings)
            environment.Variable(name, bindings => bindings[name], value.Type);
        var compiled = environment.Compile(request.Expression, options: request.Options);
        if (compiled.Expression is { } expression)
            return expression.Evaluate(request.Bindings);
        var first = compiled.Diagnostics[0];
        return CelValue.Of(new CelError(first.Code, first.Message, first.Line, first.Column));
    }

    private static CelError BadInput(string problem) =>
        new(CelCodes.BadInput, CelMessages.Format(CelCodes.BadInput, [problem]), 1, 1);
}
