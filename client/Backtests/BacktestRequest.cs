using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Backtesting;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Backtests;

/// <summary>Reads what a back-test is asked for; a wrong member is a problem that names it.</summary>
internal static class BacktestRequest
{
    private const double DefaultCpu = 0.5;

    /// <exception cref="RefusedException">A member is out of its range.</exception>
    public static BacktestOrder Read(BacktestBody body, Programme draft)
    {
        DateTimeOffset from = default, to = default;
        if (body.From is { } first && !BacktestTime.TryReadFrom(first, draft.Zone, out from))
            throw NoTime("from");
        if (body.To is { } last && !BacktestTime.TryReadTo(last, draft.Zone, out to))
            throw NoTime("to");
        return new()
        {
            Draft = draft,
            From = body.From is null ? null : from,
            To = body.To is null ? null : to,
            Sample = Share(body.Sample ?? 1, "sample"),
            CpuShare = Share(body.Cpu ?? DefaultCpu, "cpu"),
            AgainstRecorded = body.Against switch
            {
                null or "recorded" => true,
                "published" => false,
                _ => throw ApiErrors.InvalidRequest.Thrown(
                    $"'against' is recorded or published.", "against"),
            },
        };
    }

    private static RefusedException NoTime(string name) => ApiErrors.InvalidRequest.Thrown(
        $"'{name}' is a day, as 2026-11-01, or an instant with its offset.", name);

    private static double Share(double share, string name) => share is > 0 and <= 1
        ? share
        : throw ApiErrors.InvalidRequest.Thrown($"'{name}' is a share above 0 and up to 1.", name);
}
