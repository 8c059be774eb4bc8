namespace MallVip.Silo.Simulate;

/// <summary>
/// Ranks 1 to n by Zipf's law: rank k comes with a weight of k^-s. Rejection-inversion after W. Hoermann and
/// G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions", ACM TOMACS
/// 6 (1996): no table, about one try per rank.
/// </summary>
internal sealed class Zipf
{
    private readonly int _count;
    private readonly double _exponent;
    private readonly double _upper;
    private readonly double _lower;
    private readonly double _accept;

    public Zipf(int count, double exponent)
    {
        _count = count;
        _exponent = exponent;
        _lower = Area(1.5) - 1;
        _upper = Area(count + 0.5);
        _accept = 2 - InverseArea(Area(2.5) - Weight(2));
    }

    /// <summary>A rank from 0 (the busiest) to n - 1.</summary>
    public int Next(Random random)
    {
        while (true)
        {
            var area = _upper + random.NextDouble() * (_lower - _upper);
            var x = InverseArea(area);
            var rank = Math.Clamp((int)(x + 0.5), 1, _count);
            if (rank - x <= _accept || area >= Area(rank + 0.5) - Weight(rank))
                return rank - 1;
        }
    }

    private double Weight(double x) => Math.Exp(-_exponent * Math.Log(x));

    // The integral of the weight; with exponent 1 it is the logarithm.
    private double Area(double x)
    {
        var power = 1 - _exponent;
        return Math.Abs(power) < 1e-9 ? Math.Log(x) : (Math.Exp(power * Math.Log(x)) - 1) / power;
    }

    private double InverseArea(double area)
    {
        var power = 1 - _exponent;
        return Math.Abs(power) < 1e-9
            ? Math.Exp(area)
            : Math.Exp(Math.Log(Math.Max(1 + power * area, 1e-300)) / power);
    }
}
