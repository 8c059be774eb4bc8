using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Parking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads the steps of a rate.</summary>
internal sealed class TariffStepReader(Findings findings)
{
    public ImmutableArray<TariffStep> Read(YamlScalar rate, YamlList? list, decimal? cap, decimal? tariffCap)
    {
        var maps = (list?.Items ?? []).OfType<YamlMap>().ToArray();
        if (list is not null && maps.Length == 0)
            findings.Error(list.Place, "TARIFF_STEPS_STOP", rate.Value);
        var steps = ImmutableArray.CreateBuilder<TariffStep>();
        for (var i = 0; i < maps.Length; i++)
        {
            var step = Read(maps[i]);
            Check(rate, maps[i], step, isLast: i == maps.Length - 1);
            if (step.Price > (cap ?? decimal.MaxValue) || step.Price > (tariffCap ?? decimal.MaxValue))
                findings.Error(maps[i].Place, "TARIFF_CAP_BELOW_STEP", rate.Value, maps[i].Text("price")!);
            steps.Add(step);
        }

        return steps.ToImmutable();
    }

    private static TariffStep Read(YamlMap map) => new(
        Forms.ReadMinutes(map.Text("first")), Forms.ReadDecimal(map.Text("price")) ?? 0,
        Forms.ReadMinutes(map.Text("per")) ?? 1);

    private void Check(YamlScalar rate, YamlMap map, TariffStep step, bool isLast)
    {
        if (isLast && step.Minutes is not null)
            findings.Error(map.Place, "TARIFF_STEPS_STOP", rate.Value);
        else if (!isLast && step.Minutes is null)
            findings.Error(map.Place, "TARIFF_STEP_ENDLESS", rate.Value);
        if (step.Minutes % step.Per > 0)
            findings.Error(map.Place, "TARIFF_STEP_UNEVEN", map.Text("first")!, map.Text("per")!);
    }
}
